// Writes pictures of the main pages to docs/pages, or to the folder named: wide, and some as narrow as a telephone.
// FULL=1 takes whole pages, and all of them narrow too.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { launch } from "./browser.mjs";
import { start } from "./demo.mjs";
import { fillStep } from "./fill.mjs";
import { mailed } from "./journey.mjs";

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, "../../docs/pages"));
mkdirSync(folder, { recursive: true });

const demo = await start();
const browser = await launch();

async function visitor(width) {
  const context = await browser.newContext({ baseURL: demo.base, viewport: { width, height: 900 }, locale: "en-GB" });
  return context.newPage();
}

// What each picture shows; the page is left where the next one starts.
const stations = [
  ["home", (page) => page.goto("/")],
  ["start", (page) => page.goto("/forms/practice")],
  ["step", (page) => page.goto("/forms/practice/begin")],
  ["errors", (page) => page.locator("form .primary").click()],
  ["check", async (page) => {
    while (!page.url().endsWith("/check")) {
      await fillStep(page, { title: "Welcome desks for newcomers in three harbours" });
      await page.locator("form .primary").click();
    }
  }],
  ["confirmation", (page) => page.locator("form .primary").click()],
  ["own", (page) => page.locator(".primary").click()],
  ["practices", (page) => page.goto("/practices")],
  ["practice", (page) => page.locator(".card h2 a[lang=en]").first().click()],
  ["pledges", (page) => page.goto("/pledges")],
  ["mail", (page) => page.goto("/demo/mail")],
  ["draft-saved", async (page) => {
    await page.goto("/forms/practice/begin");
    await page.locator("[name=title]").fill("Welcome desks for newcomers in three harbours");
    await page.locator("button[value=later]").click();
  }],
  ["own-points", async (page) => page.goto(await mailed(page, "/submissions/", "Please make changes"))],
  ["points", (page) => page.locator(".primary").click()],
  ["party", async (page) => page.goto(await mailed(page, "/parties/", "Do you take part?", "bend@grainbanks.example.org"))],
  ["sitting", async (page) => {
    await page.goto("/pledges/sitting");
    await page.locator("#address").fill("josefine@tandemtowns.example.org");
    await page.locator(".primary").click();
    await page.goto(await mailed(page, "/pledges/sitting/open", "Report on all your pledges"));
    await page.locator(".primary").click();
    await page.locator(".sitting").waitFor();
  }],
  ["sign-in", (page) => page.goto("/staff")],
  ["queue", async (page) => {
    await page.locator("[name=email]").fill(demo.accounts.moderator.email);
    await page.locator("[name=password]").fill(demo.accounts.moderator.password);
    await page.locator("main form button").first().click();
    await page.waitForURL((url) => url.pathname === "/staff");
  }],
  ["record", (page) => page.locator("table.queue").last().getByRole("link").first().click()],
];

const full = process.env.FULL === "1";
const narrow = ["home", "start", "step", "errors", "check", "confirmation", "own-points", "points", "party", "sitting", "practices", "queue", "record"];

try {
  for (const width of [1280, 320]) {
    const page = await visitor(width);
    for (const [name, reach] of stations) {
      await reach(page);
      await page.waitForLoadState();
      if (width === 320 && !full && !narrow.includes(name)) continue;
      const path = join(folder, width === 320 ? `${name}-narrow.png` : `${name}.png`);
      await page.screenshot({ path, fullPage: full });
      console.log(path);
    }
    await page.context().close();
  }
} finally {
  await browser.close();
  await demo.stop();
}
