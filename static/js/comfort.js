// Text size, colours and how much to read, as this reader likes them. The browser keeps it; nothing is
// sent, and no cookie is set. What few need (reading aloud, my visit, offline, suggestions in the search box)
// is fetched when it is used.
const KEY = "comfort";
const root = document.documentElement;
const box = document.querySelector("[data-comfort]");
const status = document.querySelector("[data-comfort-status]");
const wishes = remembered();

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch {
    return {}; // storage is switched off, or holds something else
  }
}

function remember() {
  try {
    localStorage.setItem(KEY, JSON.stringify(wishes));
  } catch {
    // Then it holds for this page only.
  }
}

// What the page looks like, at once; the switches can follow.
function wear() {
  for (const name of ["text", "theme", "contrast", "depth"]) {
    if (wishes[name]) root.dataset[name] = wishes[name];
    else delete root.dataset[name];
  }
  const note = document.querySelector("[data-short-note]");
  if (note) note.hidden = !(wishes.depth && canBeShort());
  if (!canBeShort()) delete root.dataset.depth;
}

function show() {
  wear();
  for (const input of box.querySelectorAll("input")) {
    const wish = wishes[input.name] || "";
    input.checked = input.type === "checkbox" ? wish === input.value : input.value === wish;
  }
}

function canBeShort() {
  return document.querySelector(".article .key-facts, .article .do-dont, .tip .evidence") !== null;
}

function wish(name, value) {
  if (value) wishes[name] = value;
  else delete wishes[name];
  remember();
  show();
}

function on(selector, act) {
  const found = document.querySelector(selector);
  if (found) found.addEventListener("click", () => act(found));
}

function say(words) {
  status.textContent = words;
}

async function open() {
  const aloud = await import(box.dataset.readAloud);
  aloud.offer(box.querySelector("[data-read]"));
  const keep = box.querySelector("[data-keep]");
  if (keep && "serviceWorker" in navigator && "caches" in window) {
    const offline = await import(box.dataset.offline);
    offline.offer(keep, say);
  }
  const add = box.querySelector("[data-add-visit]");
  if (add) (await import(box.dataset.myVisit)).offer(add, say);
}

// What nobody waits for must not delay what everybody came for.
function whenIdle(act) {
  if (window.requestIdleCallback) requestIdleCallback(act, { timeout: 1000 });
  else setTimeout(act);
}

async function suggest(field) {
  (await import(field.dataset.script)).suggest(field);
}

function offerSuggestions() {
  for (const field of document.querySelectorAll("input[data-suggest]")) {
    if (field === document.activeElement) suggest(field);
    else field.addEventListener("focus", () => suggest(field), { once: true });
  }
}

function offerComfort() {
  show();
  box.hidden = false;
  box.querySelector("[data-depth]").hidden = !canBeShort();
  box.addEventListener("change", ({ target }) => {
    wish(target.name, target.type === "checkbox" && !target.checked ? "" : target.value);
  });
  box.addEventListener("toggle", open, { once: true });
  on("[data-show-all]", () => {
    wish("depth", "");
    document.getElementById("main").focus();
  });
}

// What the page is there for, if it needs a script: a list of one's own, or how old this copy is.
function showOwn() {
  if (root.dataset.kept) {
    import(box.dataset.offline).then((offline) => offline.sayAge(document.querySelector("[data-kept-copy]")));
  }
  const visit = document.querySelector("[data-visit]");
  if (visit) import(visit.dataset.script).then((script) => script.show(visit, box.dataset.offline));
}

// The emergency page is kept for when there is no network. Not from the checker: nothing stays there.
function keepEmergency() {
  if ("serviceWorker" in navigator && !/^\/(symptom-checker|review)\//.test(location.pathname)) {
    navigator.serviceWorker.register("/sw.js").catch(() => {});
  }
}

whenIdle(offerSuggestions);
if (box) {
  wear();
  showOwn();
  whenIdle(offerComfort);
  addEventListener("load", () => whenIdle(keepEmergency));
}
