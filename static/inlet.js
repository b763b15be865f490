// Every page works without this file.
const lang = document.documentElement.lang || "en";
const latin = { numberingSystem: "latn" };
const number = new Intl.NumberFormat(lang, latin);
const plural = new Intl.PluralRules(lang);
const each = (selector, act, root = document) => root.querySelectorAll(selector).forEach(act);

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  if (properties.role) node.setAttribute("role", properties.role);
  node.append(...children);
  return node;
}

// data-left-one, data-left-few … by the plural rule of the language.
function phrase(source, key, n) {
  const rule = plural.select(n);
  const own = key + rule[0].toUpperCase() + rule.slice(1);
  return (source.dataset[own] ?? source.dataset[key] ?? "{n}").replace("{n}", number.format(n));
}

function announcer(after) {
  const region = make("span", { className: "visually-hidden", role: "status" });
  after.after(region);
  let timer;
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => (region.textContent = text), 900);
  };
}

// 1. Errors first.
document.querySelector(".error-summary")?.focus();

// 2. Characters left: code points, a line break counts as one.
const length = (text) => [...text.replace(/\r\n?/g, "\n")].length;

each("textarea[data-max]", (area) => {
  const count = area.closest(".field")?.querySelector(".count");
  if (!count) return;
  const source = area.dataset.left ? area : count;
  const say = announcer(count);
  const show = () => {
    const left = Number(area.dataset.max) - length(area.value);
    count.classList.toggle("over", left < 0);
    count.textContent = phrase(source, left < 0 ? "over" : "left", Math.abs(left));
  };
  show();
  area.addEventListener("input", () => {
    show();
    say(count.textContent);
  });
});

// 3. A filter above very long lists. What is checked stays in sight.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase(lang);
let serial = 0;

each(".options[data-filter]", (list) => {
  const options = [...list.querySelectorAll(".option")].map((node) => ({
    node,
    box: node.querySelector("input"),
    text: fold(`${node.textContent} ${node.dataset.search ?? ""}`),
  }));
  const id = `option-filter-${++serial}`;
  const input = make("input", { type: "search", id, autocomplete: "off", className: "w-full" });
  const found = make("p", { className: "meta", role: "status" });
  const label = make("label", { htmlFor: id, textContent: list.dataset.filterLabel ?? "" });
  list.before(make("div", { className: "option-filter" }, label, input, found));
  list.classList.add("filtered");

  const apply = () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    let hits = 0;
    for (const { node, text, box } of options) {
      const hit = words.every((word) => text.includes(word));
      if (hit) hits++;
      node.hidden = !hit && !box?.checked;
    }
    if (!words.length) found.textContent = "";
    else if (!hits) found.textContent = list.dataset.filterNone ?? "0";
    else found.textContent = phrase(list, "filterCount", hits);
  };
  input.addEventListener("input", apply);
  input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
});

// 4. Questions that depend on an earlier answer of the same page.
const conditional = [...document.querySelectorAll(".field[data-show-field]")];
const controls = "input, select, textarea, button";

const isBox = ({ type }) => type === "radio" || type === "checkbox";

function given(form, name) {
  const named = [...form.elements].filter((control) => control.name === name);
  const values = named
    .filter((control) => !control.disabled)
    .flatMap((control) => (isBox(control) && !control.checked ? [] : control.value))
    .filter((value) => value.trim());
  return { known: named.length > 0, values };
}

function wanted(field) {
  const form = field.closest("form");
  if (!form) return true;
  const { known, values } = given(form, field.dataset.showField);
  if (!known) return true;
  if (field.dataset.showOp === "answered") return values.length > 0;
  const list = [].concat(JSON.parse(field.dataset.showIs ?? "[]")).map(String);
  return values.some((value) => list.includes(value));
}

function reveal() {
  for (const field of conditional) {
    field.hidden = !wanted(field);
    each(controls, (control) => {
      const off = control.closest(".field[data-show-field][hidden]") !== null;
      if (off && !control.disabled) control.dataset.asleep = "";
      if (off) control.disabled = true;
      else if ("asleep" in control.dataset) {
        control.disabled = false;
        delete control.dataset.asleep;
      }
    }, field);
  }
}

if (conditional.length) {
  reveal();
  for (const event of ["input", "change", "pageshow"]) addEventListener(event, reveal);
}

// 6. An error goes once its field was changed and left with a value.
const touched = new WeakSet();
const fieldOf = (node) => node.closest?.(".field.has-error");

function filled(field) {
  const all = [...field.querySelectorAll("input:not([type=hidden], [type=search]), select, textarea")];
  const boxes = all.filter((control) => isBox(control));
  if (boxes.length) return boxes.some((box) => box.checked);
  return all.every((control) => {
    const max = Number(control.dataset.max ?? Infinity);
    return control.disabled || (control.value.trim() && length(control.value) <= max);
  });
}

document.addEventListener("input", ({ target }) => {
  const field = fieldOf(target);
  if (field) touched.add(field);
});

// While a pointer is down the page must not move, or the click would land on something else.
let settled = Promise.resolve();
document.addEventListener("pointerdown", () => {
  settled = new Promise((done) => document.addEventListener("click", () => setTimeout(done), { once: true, capture: true }));
}, true);

document.addEventListener("focusout", async ({ target, relatedTarget }) => {
  const field = fieldOf(target);
  if (!field || !touched.has(field) || field.contains(relatedTarget) || !filled(field)) return;
  await settled;
  field.classList.remove("has-error");
  each(".error-message", (message) => {
    each(`[aria-describedby~="${CSS.escape(message.id)}"]`, (control) => {
      const ids = control.getAttribute("aria-describedby").split(" ");
      control.setAttribute("aria-describedby", ids.filter((id) => id !== message.id).join(" "));
    });
    message.remove();
  }, field);
  each("[aria-invalid]", (control) => control.removeAttribute("aria-invalid"), field);
});

// 7. Chosen files by name and size; too big is said before the upload.
function size(bytes) {
  const [unit, by] = bytes < 1048576 ? ["kilobyte", 1024] : ["megabyte", 1048576];
  return new Intl.NumberFormat(lang, { ...latin, style: "unit", unit, maximumFractionDigits: 1 }).format(bytes / by);
}

each("input[type=file]", (input) => {
  const list = make("ul", { className: "chosen" });
  const refusal = make("p", { className: "error-message", role: "alert", hidden: true });
  input.before(refusal);
  input.after(list);
  input.addEventListener("change", () => {
    const max = Number(input.dataset.maxBytes ?? Infinity);
    const big = [...input.files].find((file) => file.size > max);
    refusal.hidden = !big;
    refusal.textContent = big
      ? (input.dataset.tooBig ?? "{name}: {size} > {max}")
          .replace("{size}", size(big.size)).replace("{max}", size(max)).replace("{name}", () => big.name)
      : "";
    if (big) input.value = "";
    const row = ({ name, size: n }) => make("li", {}, make("bdi", {}, name), make("span", { className: "meta" }, size(n)));
    list.replaceChildren(...[...input.files].map(row));
  });
});

// 8. A double click sends once.
const sent = new WeakMap();
document.addEventListener("submit", (event) => {
  const last = sent.get(event.target) ?? -Infinity;
  if (event.timeStamp - last < 2000) event.preventDefault();
  else sent.set(event.target, event.timeStamp);
});

// 9. "Ask about this" beside an answer takes a free point of the request for changes, or adds one.
const record = document.querySelector(".record[data-ask]");
const asked = record?.querySelector(".point-rows");

function freePoint() {
  const rows = [...asked.querySelectorAll(".point-row")];
  const values = (row) => [...row.querySelectorAll("select, textarea, [type=hidden]")].map((control) => control.value.trim());
  const free = rows.find((row) => !values(row).join(""));
  if (free) return free;
  const last = rows.at(-1);
  const next = last.cloneNode(true);
  for (const name of ["id", "for", "name"]) {
    each(`[${name}]`, (node) => node.setAttribute(name, node.getAttribute(name).replace(/-\d+$/, `-${rows.length}`)), next);
  }
  each("[type=hidden], .hint, .error-message, button", (node) => node.remove(), next);
  each("textarea", (area) => {
    area.value = "";
    ["aria-invalid", "aria-describedby", "autofocus"].forEach((name) => area.removeAttribute(name));
  }, next);
  next.classList.remove("has-error");
  next.querySelector("[value=yes]").checked = true;
  const legend = next.querySelector("legend");
  legend.textContent = legend.dataset.n.replace("{n}", number.format(rows.length + 1));
  last.after(next);
  return next;
}

if (asked) {
  each(".answers [data-field]", (answer) => {
    const label = answer.querySelector("dt");
    const about = make("span", { className: "visually-hidden" }, ` ${label.firstChild.textContent}`);
    const button = make("button", { type: "button", className: "quiet ask-about" }, record.dataset.ask, about);
    button.addEventListener("click", () => {
      asked.open = true;
      const row = freePoint();
      row.querySelector("select").value = answer.dataset.field;
      row.querySelector("textarea").focus();
    });
    answer.append(make("dd", { className: "act" }, button));
  }, record);
}

// On narrow screens facets start closed; for print everything opens.
if (matchMedia("(max-width: 55.99rem)").matches) each(".facet", (facet) => (facet.open = false));
addEventListener("beforeprint", () => each("details", (details) => (details.open = true)));
