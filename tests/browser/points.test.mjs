// Changes asked point by point, as a moderator and a submitter do it with the keyboard alone.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { useBrowser, visitor } from "./browser.mjs";
import { signIn, submitPractice } from "./journey.mjs";
import { enter, goOn, reach } from "./keyboard.mjs";
import { go, look, onePrimary, refused, shows } from "./look.mjs";

describe("points", () => {
  useBrowser();

  test("are asked, answered and accepted with the keyboard alone", async () => {
    const { page, reference } = await submitPractice({}, { title: "Point by point" });
    const desk = await visitor();
    await signIn(desk);
    await desk.goto(`/staff/submissions/${reference}`);
    await look(desk);

    // "Ask about this" takes the next free point and leads to its box; the fourth is made anew.
    for (const [at, field] of ["summary", "impact", "lessons", "place"].entries()) {
      await desk.locator("main").focus();
      await enter(desk, `[data-field=${field}] .ask-about`);
      assert.equal(await desk.evaluate(() => document.activeElement.id), `point_text-${at}`);
      await desk.keyboard.type(`Please change the ${field}.`);
      assert.equal(await desk.locator(`#point_field-${at}`).inputValue(), field);
    }
    await reach(desk, "#point_required-3");
    await desk.keyboard.press("ArrowDown");
    await look(desk);
    await enter(desk, "#form-request-changes > button");
    await desk.waitForURL(/done=/);
    await look(desk);

    // The submitter sees them, and cannot send while a required one is untouched.
    await page.goto(`/submissions/${reference}`);
    await onePrimary(page);
    await look(page);
    assert.equal(await page.locator(".points .badge").count(), 4);
    await goOn(page, /\/points$/);
    await onePrimary(page);
    await look(page);
    await reach(page, "[name=impact]");
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" Now with more figures.");
    await reach(page, "[name^='point-']");
    await page.keyboard.press("Tab");
    await goOn(page, /\/check$/);
    await goOn(page, /\/submission$/);
    await refused(page);
    await enter(page, ".error-summary a");
    await page.waitForURL(/\/points#ask-\d+$/);
    assert.match(await page.evaluate(() => document.activeElement.id), /^ask-\d+$/, "the link leads to the point");
    await reach(page, "[name^='point-']");
    await page.keyboard.type("The summary is as our board decided it.");
    await reach(page, "[name=lessons]");
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" Interpreters matter.");
    await goOn(page, /\/check$/);
    await goOn(page, /\/confirmation$/);
    await page.locator("#reference").waitFor();

    // The moderator sees what became of each, accepts one and asks about another again.
    await desk.goto(`/staff/submissions/${reference}`);
    await look(desk);
    const card = (words) => desk.locator(".cards-of-points > li").filter({ hasText: words });
    assert.ok((await card("change the impact").locator("ins").innerText()).includes("more figures"));
    await shows(card("change the summary").getByText("as our board decided"));
    await desk.locator("main").focus();
    await enter(desk, ".cards-of-points form button");
    await desk.waitForURL(/#point-\d+$/);
    assert.equal(await desk.locator(".cards-of-points .badge.done").count(), 1);
    await look(desk);
    await desk.locator("main").focus();
    await enter(desk, "button[value^='ask-again']");
    await desk.locator(".point-rows[open]").waitFor();
    assert.match(await desk.evaluate(() => document.activeElement.id), /^point_text-/, "the new point has the focus");
    await look(desk);
    for (const each of [page, desk]) await each.context().close();
  });

  test("are added without scripts, and nothing typed is lost", async () => {
    const { page, reference } = await submitPractice({ scripts: false }, { title: "Points without scripts" });
    const desk = await visitor({ scripts: false });
    await signIn(desk);
    await desk.goto(`/staff/submissions/${reference}`);
    assert.equal(await desk.locator(".ask-about").count(), 0);
    await desk.locator(".point-rows summary").click();
    await desk.locator("#point_field-0").selectOption("summary");
    await desk.locator("#point_text-0").fill("Please shorten it.");
    await go(desk, desk.locator("button[value=add-point]"));
    await look(desk);
    assert.equal(await desk.locator(".point-row").count(), 4);
    assert.equal(await desk.locator("#point_text-0").inputValue(), "Please shorten it.");
    await go(desk, desk.locator("#form-request-changes > button"));
    await desk.waitForURL(/done=/);
    await page.goto(`/submissions/${reference}`);
    await shows(page.locator(".points").getByText("Please shorten it."));
    for (const each of [page, desk]) await each.context().close();
  });
});
