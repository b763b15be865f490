// How the form behaves under a person's hands.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { useBrowser, visitor } from "./browser.mjs";
import { fillStep } from "./fill.mjs";
import { fillAll, send } from "./journey.mjs";
import { look, refused } from "./look.mjs";

async function go(page) {
  await page.locator("form .primary").click();
  await page.waitForLoadState();
}

// On to the step with this id.
async function walk(page, step) {
  await page.goto("/forms/practice/begin");
  while (!new URL(page.url()).pathname.endsWith(`/steps/${step}`)) {
    await fillStep(page);
    await go(page);
  }
}

describe("the form", () => {
  useBrowser();

  for (const scripts of [true, false]) {
    const how = scripts ? "scripts on" : "scripts off";

    test(`partners are added and removed (${how})`, async () => {
      const page = await visitor({ scripts });
      await walk(page, "facts");
      const names = page.locator("[name^='partners-'][name$='-name']");
      await names.first().waitFor();
      assert.equal(await names.count(), 1);
      await names.first().fill("First Partner");
      await page.locator("button[value='add:partners']").click();
      await names.nth(1).waitFor();
      assert.equal(await names.count(), 2);
      await look(page);
      await names.nth(1).fill("Second Partner");
      await page.locator("button[value^='remove:partners:']").first().click();
      await names.nth(1).waitFor({ state: "detached" });
      assert.equal(await names.count(), 1);
      assert.equal(await names.first().inputValue(), "Second Partner");
      await page.context().close();
    });

    test(`a file stays when something else is wrong (${how})`, async () => {
      const folder = mkdtempSync(join(tmpdir(), "inlet-file-"));
      const path = join(folder, "plan of the desks.txt");
      writeFileSync(path, "Opening hours of the welcome desks: 9 to 17.\n");
      const page = await visitor({ scripts });
      await walk(page, "material");
      await page.locator("[type=file]").setInputFiles(path);
      await page.locator("[name='resources-0-title']").fill("A report without an address");
      await go(page);
      await refused(page);
      assert.equal(await page.locator(".files").getByText("plan of the desks.txt").count() > 0, true, "the file is listed");
      await page.locator("[name='resources-0-link']").fill("https://example.org/report");
      await page.locator("[name=consent_images]").check();
      await go(page);
      assert.match(page.url(), /\/steps\/contact$/);
      await page.locator("button[value=back]").click();
      await page.locator("button[value^='drop:documents:']").click();
      await page.waitForLoadState();
      assert.equal(await page.locator(".files").count(), 0, "the file is removed");
      await page.context().close();
      rmSync(folder, { recursive: true });
    });

    test(`several files are sent at once and one is removed (${how})`, async () => {
      const page = await visitor({ scripts });
      await walk(page, "material");
      const text = (name) => ({ name, mimeType: "text/plain", buffer: Buffer.from(`What ${name} says.\n`) });
      await page.locator("[type=file]").setInputFiles(["one.txt", "two.txt", "three.txt"].map(text));
      await page.locator("[name='resources-0-title']").fill("A report without an address");
      await go(page);
      await refused(page);
      assert.equal(await page.locator(".files li").count(), 3);
      assert.equal(await page.locator("[name='resources-0-title']").inputValue(), "A report without an address");
      await look(page);
      await page.getByRole("button", { name: "Remove two.txt" }).click();
      await page.locator(".files").getByText("two.txt").waitFor({ state: "detached" });
      assert.equal(await page.locator(".files li").count(), 2);
      await page.context().close();
    });

    test(`a double click submits once (${how})`, async () => {
      const title = `Twice clicked once received, ${how}`;
      const page = await visitor({ scripts });
      await page.goto("/forms/practice/begin");
      await fillAll(page, { title }, { watch: false });
      const reference = await send(page, (button) => button.dblclick());
      await page.reload();
      assert.equal((await page.locator("#reference").innerText()).trim(), reference, "a reload shows the same");
      await page.goto("/demo/mail");
      const receipts = page.locator(".mails li").filter({ hasText: title }).filter({ hasText: "ada.example@example.org" });
      assert.equal(await receipts.count(), 1, "one receipt");
      await page.context().close();
    });

    test(`Back keeps what was typed (${how})`, async () => {
      const title = "Kept through Back";
      const page = await visitor({ scripts });
      await page.goto("/forms/practice/begin");
      await fillStep(page, { title });
      await go(page);
      // The page's own Back saves half an answer too.
      await page.locator("[name='start_month-year']").fill("2021");
      await page.locator("button[value=back]").click();
      assert.equal(await page.locator("[name=title]").inputValue(), title);
      await go(page);
      assert.equal(await page.locator("[name='start_month-year']").inputValue(), "2021");
      await fillStep(page);
      await go(page);
      assert.match(page.url(), /\/steps\/story$/);
      // So does the browser's.
      await page.goBack();
      assert.equal(await page.locator("[name='start_month-year']").inputValue(), "2021");
      await page.context().close();
    });
  }

  test("the browser's Back from the second step shows the first one as it was typed", async () => {
    const page = await visitor();
    await page.goto("/forms/practice/begin");
    await fillStep(page, { title: "Typed once" });
    await go(page);
    await page.goBack();
    assert.equal(await page.locator("[name=title]").inputValue(), "Typed once");
    await page.context().close();
  });

  test("every error link takes the focus to its control", async () => {
    const page = await visitor();
    await page.goto("/forms/practice/begin");
    await go(page);
    await refused(page);
    const links = page.locator(".error-summary a");
    for (let at = 0; at < (await links.count()); at++) {
      await links.nth(at).click();
      const id = decodeURIComponent((await links.nth(at).getAttribute("href")).slice(1));
      assert.equal(await page.evaluate(() => document.activeElement.id), id);
    }
    await page.context().close();
  });

  test("the first Tab is the skip link, and it skips", async () => {
    for (const path of ["/", "/forms/practice", "/forms/practice/begin", "/practices", "/staff/login"]) {
      const page = await visitor();
      await page.goto(path);
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => document.activeElement.matches(".skip")), path);
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.id), "main", path);
      await page.context().close();
    }
  });

  test("a step is filled and sent with the keyboard alone", async () => {
    const page = await visitor();
    await page.goto("/forms/practice/begin");
    await page.locator("main").focus();
    const reach = async (selector) => {
      for (let press = 0; press < 80; press++) {
        if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
        await page.keyboard.press("Tab");
      }
      assert.fail(`Tab never reaches ${selector}`);
    };
    await reach("[name=title]");
    await page.keyboard.type("Typed without a mouse");
    await reach("[name=implementer]");
    await page.keyboard.type("Harbour Welcome Network");
    await reach("select[name=implementer_type], [type=radio][name=implementer_type]");
    await page.keyboard.press("ArrowDown");
    await reach("[name=scope]");
    await page.keyboard.press("Space");
    // Two hundred countries: typing narrows them to what is looked for.
    await reach(".option-filter input");
    await page.keyboard.type("keny");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await reach("[name=place]");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/steps\/facts$/);
    await page.context().close();
  });

  test("a bar shows how far an upload is, and the answer is a page that works", async () => {
    const page = await visitor();
    await walk(page, "material");
    const pdf = (name, length) => ({ name, mimeType: "application/pdf", buffer: Buffer.alloc(length, "%PDF-1.4\n") });
    const big = pdf("film.pdf", 10.5 * 1024 * 1024);
    await page.locator("[type=file]").setInputFiles([pdf("one.pdf", 4e6), big, pdf("two.pdf", 3e6)]);
    assert.match(await page.locator("[role=alert] .error-message").innerText(), /film\.pdf was left out/);
    assert.equal(await page.locator(".chosen li").count(), 2, "the others stay chosen");
    const line = await page.context().newCDPSession(page);
    await line.send("Network.enable");
    const slow = { offline: false, latency: 20, downloadThroughput: -1, uploadThroughput: 2e6 };
    await line.send("Network.emulateNetworkConditions", slow);
    await page.locator("form .primary").click();
    await page.locator("progress").waitFor({ state: "visible" });
    await page.getByRole("status").filter({ hasText: /(25|50|75) per cent/ }).waitFor();
    // The consent is missing: the answer is shown in place, and its links and counters work.
    await page.locator(".error-summary").waitFor();
    assert.ok(await page.evaluate(() => document.activeElement.matches(".error-summary")), "the errors have the focus");
    assert.equal(await page.locator(".files li").count(), 2);
    assert.match(await page.title(), /^Error/);
    await page.locator("[name=consent_images]").check();
    await line.send("Network.emulateNetworkConditions", { ...slow, uploadThroughput: -1 });
    await page.locator("[type=file]").setInputFiles([pdf("three.pdf", 1000)]);
    await page.locator("form .primary").click();
    await page.waitForURL(/\/steps\/contact$/);
    await page.context().close();
  });

  test("an upload that breaks off loses nothing", async () => {
    const page = await visitor();
    await walk(page, "material");
    await page.locator("[name=public_contact_email]").fill("desk@example.org");
    await page.locator("[type=file]").setInputFiles([{ name: "one.txt", mimeType: "text/plain", buffer: Buffer.from("One.\n") }]);
    await page.locator("[name=consent_images]").check();
    await page.route(/\/steps\/material$/, (route) => route.abort(), { times: 1 });
    await page.locator("form .primary").click();
    await page.getByRole("status").filter({ hasText: "interrupted" }).waitFor();
    assert.equal(await page.locator("[name=public_contact_email]").inputValue(), "desk@example.org");
    await page.waitForTimeout(2100);
    await go(page);
    await page.waitForURL(/\/steps\/contact$/);
    await page.context().close();
  });

  test("a question that depends on another shows and hides with it", async () => {
    const page = await visitor();
    await walk(page, "facts");
    const end = page.locator("[name='end_month-year']");
    await end.waitFor({ state: "hidden" });
    await page.locator("[name=ongoing][value=no]").check();
    await end.waitFor({ state: "visible" });
    await look(page);
    await page.locator("[name=ongoing][value=yes]").check();
    await end.waitFor({ state: "hidden" });
    await page.context().close();
  });
});
