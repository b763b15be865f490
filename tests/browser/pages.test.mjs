// Every other page: nothing for axe to find, nothing wider than 320 pixels.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { useBrowser, visitor } from "./browser.mjs";
import { fillAll, send, signIn } from "./journey.mjs";
import { go, look, onePrimary } from "./look.mjs";

const forms = ["practice", "pledge", "pledge-report", "unct-support"];

const open = [
  "/",
  "/help",
  "/privacy",
  "/accessibility",
  "/need-help",
  "/find",
  "/find?done=1",
  "/find/address",
  "/subscribe?to=practice&objective=7",
  "/subscribe?done=1",
  "/practices",
  "/practices?q=city&objective=7",
  "/practices?q=nothinghasthisword",
  "/practices?page=2",
  "/pledges",
  "/demo/mail",
  "/staff/login",
  "/no-such-page",
  "/practices/PRA-0000-0000",
  "/submissions/PRA-0000-0000",
  ...forms.flatMap((form) => [`/forms/${form}`, `/forms/${form}/questions`, `/forms/${form}/begin`]),
];

const staff = ["/staff", "/staff/records", "/staff/new/practice", "/staff/mail", "/staff/mail/kinds", "/staff/mail/kinds/receipt?language=ar", "/staff/alerts", "/staff/me", "/staff/accounts", "/staff/audit"];

describe("pages", () => {
  useBrowser();

  for (const path of open) {
    test(path, async () => {
      const page = await visitor();
      await page.goto(path);
      await look(page);
      await page.context().close();
    });
  }

  test("a published practice and a pledge with its reports", async () => {
    const page = await visitor();
    for (const collection of ["/practices", "/pledges"]) {
      await page.goto(collection);
      await go(page, page.locator(".card h2 a").first());
      await look(page);
    }
    await page.context().close();
  });

  test("staff pages", async () => {
    const page = await visitor();
    await signIn(page, "admin");
    for (const path of staff) {
      await page.goto(path);
      const { pathname, search } = new URL(page.url());
      assert.equal(pathname + search, path);
      await look(page);
    }
    await page.goto("/staff");
    for (const tab of await page.locator("nav.tabs a").evaluateAll((links) => links.map((link) => link.href))) {
      await page.goto(tab);
      await look(page);
    }
    await page.goto("/staff");
    await go(page, page.locator("main a[href^='/staff/submissions/']").first());
    const record = new URL(page.url()).pathname;
    for (const rest of ["edit", "review", "translations"]) {
      await page.goto(`${record}/${rest}`);
      await look(page);
    }
    await page.goto("/staff/mail");
    await go(page, page.locator("main a[href^='/staff/mail/']").first());
    await look(page);
    await page.context().close();
  });

  for (const form of forms.slice(1)) {
    test(`the form ${form}, filled in and sent`, async () => {
      const page = await visitor();
      await page.goto(`/forms/${form}`);
      await go(page, await onePrimary(page));
      if (new URL(page.url()).pathname.endsWith("/scope")) {
        await look(page);
        await page.locator("[name=answer]").first().check();
        await go(page, await onePrimary(page));
      }
      await fillAll(page, {});
      await look(page);
      await send(page);
      await page.context().close();
    });
  }
});
