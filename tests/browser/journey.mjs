// The main job, in pieces that tests share.
import assert from "node:assert/strict";
import { fillStep } from "./fill.mjs";
import { go, look, onePrimary } from "./look.mjs";
import { visitor, world } from "./browser.mjs";

// From the home page to the first step. Questions before the form are answered by their first option.
export async function begin(page, form = "practice") {
  await page.goto("/");
  await look(page);
  await go(page, page.locator(`a.choice[href$="/forms/${form}"]`));
  await look(page);
  await go(page, await onePrimary(page));
  if (new URL(page.url()).pathname.endsWith("/scope")) {
    await look(page);
    await page.locator("[name=answer]").first().check();
    await go(page, await onePrimary(page));
  }
}

const onCheck = (page) => new URL(page.url()).pathname.endsWith("/check");

// All steps, up to the page with all answers.
export async function fillAll(page, given, { watch = true } = {}) {
  for (let step = 0; step < 7 && !onCheck(page); step++) {
    const primary = watch ? await onePrimary(page) : page.locator(".primary");
    await fillStep(page, given);
    if (watch) await look(page);
    const here = page.url();
    await go(page, primary);
    assert.notEqual(page.url(), here, `the step was refused: ${(await page.locator(".error-summary li").allInnerTexts()).join(" ")}`);
  }
  assert.ok(onCheck(page), `${page.url()} is not the page with all answers`);
}

// Sends what was checked; gives the reference.
export async function send(page, press = (button) => button.click()) {
  await press(await onePrimary(page));
  await page.locator("#reference").waitFor();
  const reference = (await page.locator("#reference").innerText()).trim();
  assert.match(reference, /^[A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  return reference;
}

// The newest mail whose line in the list (subject and receiver) holds all words.
export async function openMail(page, ...words) {
  for (let attempt = 0; attempt < 20; attempt++) {
    await page.goto("/demo/mail");
    const mail = words.reduce((found, word) => found.filter({ hasText: word }), page.locator(".mails li"));
    const older = page.locator("a[rel=next]");
    while (!(await mail.count()) && (await older.count())) {
      const next = await older.getAttribute("href");
      await page.goto(next);
    }
    if (await mail.count()) {
      await mail.first().getByRole("link").click();
      await page.waitForURL(/\/demo\/mail\/\d+$/);
      return;
    }
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error(`no mail about ${words.join(", ")}`);
}

// Clicks the link of a mail that leads to `path`.
export const follow = (page, path) => go(page, page.locator(`.mail-text a[href*="${path}"]`).first());

export async function signIn(page, role = "moderator") {
  const { email, password } = world.accounts[role];
  await page.goto("/staff");
  await page.locator("[name=email]").fill(email);
  await page.locator("[name=password]").fill(password);
  await page.locator("form button.primary, main form button").first().click();
  await page.waitForURL((url) => url.pathname === "/staff");
}

// Takes a decision on the record that is open.
export async function decide(page, decision, message) {
  const form = page.locator(`form:has([name=decision][value="${decision}"])`);
  const button = form.locator("button:not([name])");
  if (!(await button.isVisible())) await form.locator("xpath=ancestor::details[1]/summary").click();
  if (message !== undefined) await form.locator("[name=message]").fill(message);
  await button.click();
  await page.waitForURL(/done=/);
}

// A practice that waits for a moderator. Nothing is looked at on the way.
export async function submitPractice(options, given) {
  const page = await visitor(options);
  await page.goto("/forms/practice/begin");
  await fillAll(page, given, { watch: false });
  return { page, reference: await send(page) };
}

// The first link of a mail that leads to a path, as the reader of the demonstration finds it.
export async function mailed(page, path, ...words) {
  await openMail(page, ...words);
  const text = await page.locator("main").innerText();
  const link = text.split(/\s+/).find((word) => word.startsWith("http") && word.includes(path));
  if (!link) throw new Error(`no link to ${path} in ${text}`);
  return link;
}
