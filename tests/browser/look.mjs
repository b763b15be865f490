// What must hold on every page.
import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";

const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];

const where = (page) => new URL(page.url()).pathname;

// Finds everything wrong with the page as it stands. axe hangs where scripts are off: there it is left out.
export async function look(page) {
  await page.waitForLoadState();
  await narrow(page);
  await errorLinks(page);
  // Nor does it come back from a frame that runs none.
  if (!page.scripts || (await page.locator("iframe[sandbox]").count())) return;
  await audit(page, new AxeBuilder({ page }).withTags(tags), "light");
  await page.emulateMedia({ colorScheme: "dark" });
  await audit(page, new AxeBuilder({ page }).withRules(["color-contrast"]), "dark");
  await page.emulateMedia({ colorScheme: null });
}

async function audit(page, builder, scheme) {
  const { violations } = await builder.analyze();
  const told = violations.map(({ id, help, nodes }) =>
    [`${id}: ${help}`, ...nodes.slice(0, 3).map((node) => `    ${node.html.slice(0, 200)}\n    ${node.failureSummary.replaceAll("\n", " ")}`)].join("\n"));
  assert.equal(violations.length, 0, `axe on ${where(page)} (${scheme}):\n${told.join("\n")}`);
}

// Nothing scrolls sideways at 320 pixels.
async function narrow(page) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 800 });
  const { wide, room, culprits } = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll("body *")].filter((node) => node.getBoundingClientRect().right > room + 1);
    const culprits = out.slice(0, 5).map((node) => `${node.tagName.toLowerCase()}.${node.className}`);
    return { wide: document.documentElement.scrollWidth, room, culprits };
  });
  await page.setViewportSize(before);
  assert.ok(wide <= room, `${where(page)} is ${wide} pixels wide at ${room}: ${culprits.join(", ")}`);
}

// Every error leads to something that can take the focus.
async function errorLinks(page) {
  const dead = await page.evaluate(() => {
    const leads = (link) => {
      const url = new URL(link.href);
      if (url.pathname !== location.pathname) return true;
      const target = document.getElementById(decodeURIComponent(url.hash.slice(1)));
      return target?.matches("input:not([type=hidden]), select, textarea, button, a[href], [tabindex]") && !target.disabled;
    };
    return [...document.querySelectorAll(".error-summary a")].filter((link) => !leads(link)).map((link) => link.outerHTML);
  });
  assert.deepEqual(dead, [], `error links on ${where(page)} that lead nowhere`);
}

// Presses what leads to another page, and waits for that page.
export async function go(page, link) {
  const there = page.waitForEvent("load");
  await link.click();
  await there;
}

// Words that the page shows, or comes to show.
export const shows = (locator) => locator.first().waitFor({ state: "visible" });

// The one way on.
export async function onePrimary(page) {
  await page.waitForLoadState();
  assert.equal(await page.locator(".primary:visible").count(), 1, `elements of class primary on ${where(page)}`);
  return page.locator(".primary");
}

// The page refused what was sent, and says so first.
export async function refused(page) {
  const summary = page.locator(".error-summary");
  await summary.waitFor();
  assert.match(await page.title(), /^Error: /);
  assert.ok((await summary.getByRole("link").count()) > 0, "the summary lists no error");
  if (page.scripts) assert.ok(await summary.evaluate((node) => node === document.activeElement), "the summary has the focus");
  await look(page);
}
