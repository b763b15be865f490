// Fills a step as a stakeholder would: reads the page, answers what it does not call optional.
const text = (n) =>
  "Community centres in three districts pair newcomers with trained neighbours who speak their language. "
    .repeat(Math.ceil(n / 50))
    .slice(0, n)
    .trim();

// `given` answers by name; everything else gets something plausible.
export async function fillStep(page, given = {}) {
  await page.waitForLoadState();
  for (const name of Object.keys(given)) {
    const control = page.locator(`form [name="${name}"]:visible`).first();
    if (await control.count()) await control.fill(given[name]);
  }
  // An answer can bring up another question, so the page is read again until nothing is left.
  for (let round = 0; round < 60; round++) {
    const open = await page.evaluate(firstOpen);
    if (!open) return;
    await answer(page, open);
  }
  throw new Error(`${page.url()} asks without end`);
}

// In the page: the first required question that is seen and not answered.
function firstOpen() {
  const seen = (node) => node.checkVisibility();
  for (const field of document.querySelectorAll("form .field:not(.rows .field)")) {
    if (!seen(field) || field.querySelector(".optional")) continue;
    if (field.matches(".rows")) continue;
    const all = [...field.querySelectorAll("input, select, textarea")];
    const controls = all.filter((node) => node.type !== "hidden" && node.id && !node.id.startsWith("option-filter"));
    const boxes = controls.filter((node) => node.type === "radio" || node.type === "checkbox");
    if (boxes.length) {
      if (!boxes.some((box) => box.checked)) return { id: boxes[0].id, how: "check" };
      continue;
    }
    for (const node of controls) {
      if (node.value.trim()) continue;
      const how = node.tagName === "SELECT" ? "select" : node.type;
      return { id: node.id, how, numeric: node.inputMode === "numeric" || node.inputMode === "decimal", max: Number(node.dataset.max ?? 0) };
    }
  }
  return null;
}

async function answer(page, { id, how, numeric, max }) {
  const control = page.locator(`[id="${id}"]`);
  switch (how) {
    case "check":
      return control.check();
    case "select":
      return control.selectOption({ index: 1 });
    case "email":
      return control.fill("ada.example@example.org");
    case "url":
      return control.fill("https://example.org/practice");
    case "tel":
      return control.fill("+41 22 000 00 00");
    case "date":
      return control.fill("2027-03-15");
    case "time":
      return control.fill("10:30");
    case "search":
      return find(page, control);
    case "textarea":
      return control.fill(text(Math.min(max || 500, 500)));
    default:
      return control.fill(short(id, numeric));
  }
}

function short(id, numeric) {
  if (id.endsWith("-day")) return "15";
  if (id.endsWith("-month")) return "3";
  if (id.endsWith("-year")) return "2024";
  return numeric ? "12" : "Harbour Welcome Network";
}

// A question that is answered by finding something published.
async function find(page, control) {
  await control.fill("a");
  await page.locator("button[value^='find:']").click();
  await page.locator(".field [type=radio]").first().check();
}
