// The queue as a moderator works through it with the keyboard alone.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { useBrowser, visitor } from "./browser.mjs";
import { signIn } from "./journey.mjs";
import { enter, reach } from "./keyboard.mjs";
import { go, look, shows } from "./look.mjs";

async function press(page, key) {
  const there = page.waitForEvent("load");
  await page.keyboard.press(key);
  await there;
}

describe("desk", () => {
  useBrowser();

  test("n and p walk through a view, and never while somebody types", async () => {
    const desk = await visitor();
    await signIn(desk);
    await desk.goto("/staff?tab=all");
    await look(desk);
    await go(desk, desk.locator("table.queue tbody th a").first());
    const place = () => desk.locator("nav.place span").innerText();
    assert.match(await place(), /^1 of \d+$/);
    const first = desk.url();
    await press(desk, "n");
    assert.match(await place(), /^2 of \d+$/);
    const second = desk.url();
    const box = desk.locator("textarea").first();
    await box.evaluate((area) => {
      for (let node = area; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    });
    await box.focus();
    await desk.keyboard.type("npn");
    assert.equal(await box.inputValue(), "npn");
    assert.equal(desk.url(), second);
    await box.fill("");
    await desk.locator("main").focus();
    await press(desk, "p");
    assert.equal(desk.url(), first);
    await desk.context().close();
  });

  test("several are chosen, given to somebody, and a view is kept", async () => {
    const desk = await visitor();
    await signIn(desk);
    await desk.goto("/staff?form=practice");
    await enter(desk, ".views summary");
    await reach(desk, "#name");
    await desk.keyboard.type("Practices to read");
    await enter(desk, ".views button");
    await desk.waitForURL(/done=view-kept/);
    await look(desk);
    await shows(desk.getByRole("link", { name: "Practices to read" }));

    await reach(desk, "input[name=record]");
    await desk.keyboard.press("Space");
    await enter(desk, "button[value=chosen]");
    await desk.waitForURL(/\/staff\/batches\/\d+$/);
    await look(desk);
    await desk.locator("[name=act][value=give]").check();
    await desk.locator("#assignee").selectOption({ index: 1 });
    await enter(desk, "form button.primary");
    await shows(desk.getByRole("heading", { name: "Done (1)" }));
    await look(desk);
    await desk.goto("/staff/clock");
    await look(desk);
    await desk.context().close();
  });
});
