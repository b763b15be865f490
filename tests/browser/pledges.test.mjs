// Pledges of several: the page of a party, what is public of it, and the table in which many are reported on.
import { describe, test } from "node:test";
import { useBrowser, visitor } from "./browser.mjs";
import { mailed } from "./journey.mjs";
import { go, look } from "./look.mjs";

describe("pledges", () => {
  useBrowser();

  test("a party reads the pledge, corrects nothing and confirms", async () => {
    const page = await visitor();
    await page.goto(await mailed(page, "/parties/", "Do you take part?", "bend@grainbanks.example.org"));
    await look(page);
    await page.locator("summary").first().click();
    await look(page);
    await go(page, page.locator("button[value=confirm]"));
    await page.locator(".flash p").waitFor();
    await look(page);
    await page.context().close();
  });

  test("a joint pledge names who confirmed", async () => {
    const page = await visitor();
    await page.goto("/pledges?q=front+desks+whom+to+call");
    await go(page, page.locator(".card h2 a").first());
    await page.getByText("Parties are named once they confirm").waitFor();
    await look(page);
    await page.context().close();
  });

  test("one office reports on all its pledges", async () => {
    const page = await visitor();
    await page.goto("/pledges/sitting");
    await look(page);
    await page.locator("#address").fill("josefine@tandemtowns.example.org");
    await go(page, page.locator(".primary"));
    await look(page);
    await page.goto(await mailed(page, "/pledges/sitting/open", "Report on all your pledges", "josefine@tandemtowns.example.org"));
    await look(page);
    await go(page, page.locator(".primary"));
    await page.locator(".sitting").waitFor();
    await look(page);
    await go(page, page.locator(".primary"));
    await page.locator(".error-summary").waitFor();
    await look(page);
    for (const [name, value] of [["start-day", "1"], ["start-month", "1"], ["start-year", "2026"], ["end-day", "30"], ["end-month", "6"], ["end-year", "2026"]]) {
      await page.locator(`[name=period_${name}]`).fill(value);
    }
    await page.locator(".sitting select").first().selectOption("planning");
    for (const box of await page.locator("main input[type=checkbox]").all()) await box.check();
    await go(page, page.locator(".primary"));
    await page.locator(".references").waitFor();
    await look(page);
    await page.context().close();
  });
});
