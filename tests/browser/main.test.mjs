// A practice from the form to the public page, with scripts and without.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { useBrowser, visitor } from "./browser.mjs";
import { begin, decide, fillAll, follow, openMail, send, signIn } from "./journey.mjs";
import { go, look, onePrimary, refused, shows } from "./look.mjs";

describe("the main job", () => {
  useBrowser();

  for (const scripts of [true, false]) {
    const how = scripts ? "scripts on" : "scripts off";

    test(`a practice is submitted, sent back, corrected, published and found (${how})`, async () => {
      const word = scripts ? "Zephyrlight" : "Quillhaven";
      const title = `${word} welcome desks for newcomers`;
      const address = `${word.toLowerCase()}@example.org`;
      const page = await visitor({ scripts });
      await begin(page);

      // Refused while nothing is filled in; then filled in.
      await go(page, await onePrimary(page));
      await refused(page);
      await fillAll(page, { title, contact_email: address });
      await look(page);
      assert.equal(await page.locator(".answer-list").getByText(title).count(), 1);
      const reference = await send(page);
      await onePrimary(page);
      await look(page);

      // The receipt, and the address is confirmed by a button.
      await openMail(page, title, address);
      await look(page);
      assert.equal(await page.locator(".mail-text").getByText("newcomers with trained neighbours").count(), 0, "answers before the address is confirmed");
      await follow(page, `/submissions/${reference}/address`);
      await look(page);
      await go(page, await onePrimary(page));
      await look(page);
      await go(page, await onePrimary(page));
      await look(page);
      assert.equal(new URL(page.url()).search, "", "the key stays out of the address");

      // A moderator asks for a change.
      const desk = await visitor({ scripts });
      await signIn(desk);
      await look(desk);
      await go(desk, desk.getByRole("link", { name: title }).first());
      await look(desk);
      await decide(desk, "request-changes", "Please say in the title where the desks are.");
      await look(desk);

      // The submitter makes it.
      await openMail(page, "changes", address);
      await follow(page, `/submissions/${reference}`);
      await look(page);
      await shows(page.getByText("Please say in the title where the desks are."));
      await go(page, await onePrimary(page));
      await shows(page.getByText("Please say in the title where the desks are."));
      await look(page);
      await fillAll(page, { title: `${title} in three harbours` }, { watch: false });
      assert.equal(await send(page), reference);
      await look(page);

      // The moderator sees it and publishes.
      await desk.goto(`/staff/submissions/${reference}`);
      await look(desk);
      assert.ok((await desk.locator("ins").allInnerTexts()).join(" ").includes("three harbours"), "the change is marked");
      await decide(desk, "publish");
      await look(desk);

      // Everybody finds it.
      const reader = await visitor({ scripts });
      await reader.goto("/practices");
      await look(reader);
      await reader.locator("main [name=q]").fill(word);
      await go(reader, reader.locator("main [role=search] button"));
      await look(reader);
      await go(reader, reader.getByRole("link", { name: `${title} in three harbours` }));
      assert.equal(new URL(reader.url()).pathname, `/practices/${reference}`);
      await look(reader);
      const shown = await reader.locator("main").innerText();
      assert.ok(shown.includes("does not imply endorsement by the United Nations"));
      assert.ok(!shown.includes(address), "a contact is public");
      for (const each of [page, desk, reader]) await each.context().close();
    });
  }
});
