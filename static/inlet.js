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

// 7. Chosen files by name and size; what does not fit is left out before the upload, the others stay.
function size(bytes) {
  const [unit, by] = bytes < 1048576 ? ["kilobyte", 1024] : ["megabyte", 1048576];
  return new Intl.NumberFormat(lang, { ...latin, style: "unit", unit, maximumFractionDigits: 1 }).format(bytes / by);
}

each("input[type=file]", (input) => {
  const list = make("ul", { className: "chosen" });
  const refusal = make("div", { role: "alert" });
  input.before(refusal);
  input.after(list);
  const max = Number(input.dataset.maxBytes ?? Infinity);
  const room = Number(input.dataset.room ?? Infinity);
  const tooBig = (file) => (input.dataset.tooBig ?? "{name}: {size} > {max}")
    .replace("{size}", size(file.size)).replace("{max}", size(max)).replace("{name}", () => file.name);
  input.addEventListener("change", () => {
    const chosen = [...input.files];
    const fitting = chosen.filter((file) => file.size <= max);
    const said = chosen.filter((file) => file.size > max).map(tooBig);
    if (fitting.length > room) said.push(phrase(input, "tooMany", room));
    const taken = new DataTransfer();
    fitting.slice(0, room).forEach((file) => taken.items.add(file));
    if (said.length) input.files = taken.files;
    refusal.replaceChildren(...said.map((text) => make("p", { className: "error-message" }, text)));
    const row = ({ name, size: n }) => make("li", {}, make("bdi", {}, name), make("span", { className: "meta" }, size(n)));
    list.replaceChildren(...[...input.files].map(row));
  });
});

// 8. What is typed is kept on the server while it is typed; where there is no connection, it stays on the page.
const CALM = 3000;
const BETWEEN = 8000;
const LONGEST = 60000;

function keep(form) {
  const status = form.querySelector("[data-save-status]");
  const { turn, draft_key } = form.elements;
  let timer, last = -Infinity, wait = CALM, dirty = false, lost = false, over = false, saving;

  // A later sending counts more than an earlier one, whichever arrives first.
  const count = () => (turn.value = turn.value.replace(/\d+$/, (n) => Number(n) + 1));

  function typed() {
    const texts = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "do");
    return new URLSearchParams([...texts, ["do", "autosave"]]);
  }

  function soon(delay) {
    clearTimeout(timer);
    if (!over) timer = setTimeout(save, delay);
  }

  function stop(text) {
    over = true;
    status.textContent = text;
  }

  function fail(seconds) {
    dirty = true;
    lost = true;
    status.textContent = form.dataset.offline;
    soon(Math.max(wait, seconds * 1000));
    wait = Math.min(wait * 2, LONGEST);
  }

  async function post() {
    count();
    dirty = false;
    last = performance.now();
    const away = document.visibilityState === "hidden";
    const body = typed();
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, keepalive: away && String(body).length < 60000 });
    if (answer.status === 429 || answer.status >= 500) return fail(Number(answer.headers.get("retry-after") ?? 0));
    if (answer.status === 409) return stop(form.dataset.stale);
    if (!answer.ok) return stop(form.dataset.unsaved);
    const kept = await answer.json();
    if (form.getAttribute("action") !== kept.action) {
      form.setAttribute("action", kept.action);
      if (form.querySelector("[type=file]")) form.enctype = "multipart/form-data";
      history.replaceState(history.state, "", kept.action);
    }
    draft_key.value = kept.draft_key;
    status.textContent = kept.said;
    [lost, wait] = [false, CALM];
    if (dirty) soon(BETWEEN);
  }

  function save() {
    clearTimeout(timer);
    saving ??= post().catch(() => fail(0)).finally(() => (saving = undefined));
    return saving;
  }

  for (const event of ["input", "change"]) {
    form.addEventListener(event, ({ target }) => {
      if (!target.name) return;
      dirty = true;
      if (!lost) soon(Math.max(CALM, last + BETWEEN - performance.now()));
    });
  }
  const leave = () => dirty && !over && !lost && save();
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
  addEventListener("blur", leave);
  addEventListener("online", () => lost && save());
  addEventListener("beforeunload", (event) => lost && dirty && event.preventDefault());

  // Without a connection the browser would show its own page in the place of ours.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (over || (!lost && navigator.onLine)) {
      dirty = false;
      return count();
    }
    event.preventDefault();
    event.stopPropagation();
    const { submitter } = event;
    lost = true;
    await save();
    if (!lost) form.requestSubmit(submitter);
  });
}
each("form[data-autosave]", keep);

// 9. A link to be passed on is copied by one press.
each("[data-copy]", (text) => {
  const said = make("span", { className: "meta", role: "status" });
  const button = make("button", { type: "button", className: "quiet", textContent: text.dataset.copy });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent);
    said.textContent = text.dataset.copied;
  });
  if (navigator.clipboard) text.after(button, said);
});

// 10. A double click sends once.
const sent = new WeakMap();
document.addEventListener("submit", (event) => {
  const last = sent.get(event.target) ?? -Infinity;
  if (event.timeStamp - last < 2000) event.preventDefault();
  else sent.set(event.target, event.timeStamp);
});

// 11. Files are sent with a bar that shows how far they are. The answer takes the place of the page.
each("form[data-sending]", (form) => {
  const bar = make("progress", { max: 100, value: 0, hidden: true });
  const told = make("span", { className: "meta", role: "status" });
  form.querySelector(".actions")?.append(bar, told);
  bar.setAttribute("aria-label", form.dataset.sending.split(/[:：]/)[0]);
  const say = (n) => form.dataset.sending.replace("{n}", number.format(n));

  form.addEventListener("submit", (event) => {
    if (form.ariaBusy === "true") event.preventDefault();
    const files = [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
    // After a broken upload the browser sends the form in its own way.
    if (!files || event.defaultPrevented || "plain" in form.dataset) return;
    event.preventDefault();
    form.ariaBusy = "true";
    bar.hidden = false;
    told.textContent = say(0);
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => {
      bar.value = Math.floor((100 * loaded) / total);
      // Said in quarters, so that a screen reader is not kept busy.
      told.textContent = say(bar.value - (bar.value % 25));
    };
    request.upload.onload = () => (told.textContent = form.dataset.sent);
    request.onload = () => show(request);
    request.onerror = request.onabort = () => {
      form.ariaBusy = null;
      form.dataset.plain = "";
      bar.hidden = true;
      told.textContent = form.dataset.broken;
    };
    request.open("POST", form.action);
    request.send(new FormData(form, event.submitter));
  });
});

function show(request) {
  if (request.status < 400) return location.assign(request.responseURL);
  const next = new DOMParser().parseFromString(request.responseText, "text/html");
  document.title = next.title;
  document.body.replaceWith(next.body);
  scrollTo(0, 0);
  // Another fragment makes it another module, which sets up the new page.
  import(`${import.meta.url.split("#")[0]}#${performance.now()}`);
}

// 12. When something opens or closes, in the reader's own time too.
each("time[data-local]", (time) => {
  const own = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { ...latin, dateStyle: "long", timeStyle: "short", hour12: false }).format(new Date(time.dateTime));
  time.after(make("span", { className: "meta" }, ` ${time.dataset.local} ${own}`));
});

// 13. "Ask about this" beside an answer takes a free point of the request for changes, or adds one.
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
// 14. Keys of links: n for the next record, p for the one before. Never while somebody types or holds another key.
addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  document.querySelector(`a[data-key="${CSS.escape(event.key)}"]`)?.click();
});

// On narrow screens facets start closed; for print everything opens.
if (matchMedia("(max-width: 55.99rem)").matches) each(".facets .facet", (facet) => (facet.open = false));
addEventListener("beforeprint", () => each("details", (details) => (details.open = true)));
