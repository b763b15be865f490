// A person who uses the keyboard alone.
import assert from "node:assert/strict";

// Tabs on to what fits, from where the focus is.
export async function reach(page, selector) {
  for (let press = 0; press < 400; press++) {
    if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never reaches ${selector}`);
}

export async function enter(page, selector) {
  await reach(page, selector);
  await page.keyboard.press("Enter");
  await page.waitForLoadState();
}

// The one way on, to the page that it must lead to.
export async function goOn(page, to) {
  await page.locator("main").focus();
  await enter(page, "main .primary");
  await page.waitForURL(to);
}
