// What is typed is kept, whatever the browser loses on the way.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { useBrowser, visitor } from "./browser.mjs";
import { binary } from "./demo.mjs";
import { fillStep } from "./fill.mjs";
import { fillAll, send } from "./journey.mjs";
import { go, look, shows } from "./look.mjs";

const folder = mkdtempSync(join(tmpdir(), "inlet-draft-"));
const running = new Set();
after(async () => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

// A service of its own that can be stopped and started again at the same address.
async function serve(bind = "127.0.0.1:0") {
  const env = { ...process.env, INLET_BIND: bind, INLET_DATA_DIR: folder, INLET_RATE_LIMIT: "off" };
  delete env.INLET_BASE_URL;
  const child = spawn(binary(), ["serve"], { env, stdio: ["ignore", "pipe", "inherit"] });
  running.add(child);
  let printed = "";
  const base = await new Promise((done) => {
    child.stdout.on("data", (data) => {
      printed += data;
      const found = printed.match(/^listening on (\S+)$/m);
      if (found) done(found[1]);
    });
  });
  const stop = () =>
    new Promise((done) => {
      child.once("exit", () => done(running.delete(child)));
      child.kill("SIGKILL");
    });
  return { base, bind: new URL(base).host, stop };
}

const status = (page) => page.locator("[data-save-status]");

async function says(page, text) {
  await status(page).filter({ hasText: text }).waitFor({ timeout: 40_000 });
}

const onward = (page) => page.locator("form .primary").click();

describe("a draft", () => {
  useBrowser();

  test("is saved while one types, and says so", async () => {
    const page = await visitor();
    await page.goto("/forms/practice/begin");
    await page.locator("[name=title]").fill("Typed and never sent on");
    await says(page, /Saved at \d\d:\d\d UTC/);
    assert.match(page.url(), /\/drafts\/[^/]+\/steps\/[^/]+$/);
    await look(page);
    await page.reload();
    assert.equal(await page.locator("[name=title]").inputValue(), "Typed and never sent on");
    await page.context().close();
  });

  for (const scripts of [true, false]) {
    test(`its pages for later, for colleagues and for print (${scripts ? "scripts on" : "scripts off"})`, async () => {
      const page = await visitor({ scripts });
      await page.goto("/forms/practice/begin");
      await page.locator("[name=title]").fill("To be cleared by five colleagues");
      await go(page, page.locator("button[value=later]"));
      await page.waitForURL(/\/saved$/);
      await look(page);
      await page.locator("[name=draft_address]").fill("not an address");
      await go(page, page.locator("form[action$='/link'] button"));
      await page.locator(".error-summary").waitFor();
      await look(page);
      await page.locator("[name=draft_address]").fill("ada.example@example.org");
      await go(page, page.locator("form[action$='/link'] button"));
      await page.locator(".flash").waitFor();
      const [read, edit] = await page.locator(".link-text code").allInnerTexts();
      const colleague = await visitor({ scripts });
      await colleague.goto(read);
      await shows(colleague.getByText("To be cleared by five colleagues"));
      await look(colleague);
      await colleague.goto(edit);
      await look(colleague);
      await go(colleague, colleague.locator(".primary"));
      await colleague.waitForURL(/\/steps\//);
      await look(colleague);
      // Both change the same step.
      await go(page, page.locator(".primary"));
      await page.waitForURL(/\/steps\//);
      await colleague.locator("[name=title]").fill("A title by the colleague");
      await go(colleague, colleague.locator("button[value=later]"));
      await colleague.waitForURL(/\/saved$/);
      await page.locator("[name=title]").fill("A title by the author");
      await go(page, page.locator("button[value=continue].primary"));
      await page.locator(".conflict").waitFor();
      await look(page);
      const both = await page.locator(".conflict").innerText();
      assert.ok(both.includes("A title by the colleague") && both.includes("A title by the author"), both);
      await go(page, page.locator("button[value=theirs]"));
      await page.locator(".conflict").waitFor({ state: "detached" });
      assert.equal(await page.locator("[name=title]").inputValue(), "A title by the colleague");
      for (const each of [page, colleague]) await each.context().close();
    });
  }

  test("survives the loss of the cookie, the network and the server, every word of it", async () => {
    let server = await serve();
    const page = await visitor({ baseURL: server.base });
    const words = { place: "Where the ferry lands", "donors-0-name": "A fund by the lake", impact: "", contact_role: "Keeper of the lighthouse" };
    await page.goto("/forms/practice/begin");
    await fillStep(page, { place: words.place });
    await onward(page);
    await page.waitForURL(/\/steps\/facts$/);

    await fillStep(page, { "donors-0-name": words["donors-0-name"] });
    await page.context().clearCookies();
    await onward(page);
    await page.waitForURL(/\/steps\/story$/);

    await fillStep(page);
    await page.context().setOffline(true);
    words.impact = `${await page.locator("[name=impact]").inputValue()} Typed without any network.`;
    await page.locator("[name=impact]").fill(words.impact);
    await onward(page);
    await says(page, /no connection/);
    assert.match(page.url(), /\/steps\/story$/, "the page stays");
    assert.equal(await page.locator("[name=impact]").inputValue(), words.impact);
    await page.context().setOffline(false);
    await says(page, /Saved at/);
    await onward(page);
    for (const step of ["compact", "material"]) {
      await page.waitForURL(new RegExp(`/steps/${step}$`));
      await fillStep(page);
      await onward(page);
    }
    await page.waitForURL(/\/steps\/contact$/);

    await server.stop();
    await fillStep(page, { contact_role: words.contact_role });
    await says(page, /no connection/);
    await onward(page);
    await says(page, /no connection/);
    assert.equal(await page.locator("[name=contact_role]").inputValue(), words.contact_role);
    server = await serve(server.bind);
    await says(page, /Saved at/);
    await onward(page);
    await page.waitForURL(/\/check$|\/steps\//);
    await fillAll(page, {}, { watch: false });
    const reference = await send(page);
    await page.goto(`/submissions/${reference}`);
    const sent = await page.locator("main").innerText();
    for (const [name, text] of Object.entries(words)) assert.ok(sent.includes(text), `${name} is lost: ${text}`);
    await page.context().close();
    await server.stop();
  });
});
