// “My visit”: pages and questions to take to the doctor. They are kept by this browser and sent nowhere.
const KEY = "my-visit";

function load() {
  try {
    const { pages = [], questions = [] } = JSON.parse(localStorage.getItem(KEY)) || {};
    const texts = (...all) => all.every((one) => typeof one === "string");
    return { pages: pages.filter(({ url, title }) => texts(url, title)), questions: questions.filter((one) => texts(one)) };
  } catch {
    return { pages: [], questions: [] };
  }
}

function save(visit) {
  try {
    localStorage.setItem(KEY, JSON.stringify(visit));
    return true;
  } catch {
    return false; // storage is full or switched off
  }
}

// On a page: adds it.
export function offer(button, say) {
  const url = location.pathname;
  const isIn = () => load().pages.some((page) => page.url === url);
  const show = () => {
    if (isIn()) button.textContent = button.dataset.done;
  };
  show();
  button.addEventListener("click", () => {
    const visit = load();
    if (!isIn()) visit.pages.push({ url, title: document.querySelector("h1").textContent.trim() });
    if (save(visit)) {
      show();
      say(button.dataset.done);
    }
  });
  button.hidden = false; // before this, a press would have been lost
}

function row(content, label, remove) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = label;
  button.setAttribute("aria-label", `${label}: ${content.textContent}`);
  button.addEventListener("click", remove);
  item.append(content, " ", button);
  return item;
}

function link({ url, title }) {
  const anchor = document.createElement("a");
  // Whatever storage holds, a link leads to a page of this site ("/\\" would lead away).
  anchor.href = URL.canParse(url, location.href) && new URL(url, location.href).origin === location.origin ? url : "/";
  anchor.textContent = title;
  return anchor;
}

// On the page “my visit”: shows it all.
export async function show(box, offlineScript) {
  const part = (name) => box.querySelector(`[data-visit-${name}]`);
  const label = box.dataset.remove;
  const offline = "caches" in window ? await import(offlineScript) : null;

  const draw = async () => {
    const visit = load();
    const without = (list, one) => () => {
      visit[list] = visit[list].filter((other) => other !== one);
      save(visit);
      draw().then(() => box.querySelector("input").focus());
    };
    part("questions").replaceChildren(
      ...visit.questions.map((one) => row(document.createTextNode(one), label, without("questions", one))),
    );
    part("pages").replaceChildren(...visit.pages.map((one) => row(link(one), label, without("pages", one))));
    part("none").hidden = visit.pages.length > 0;
    const kept = offline ? await offline.kept() : [];
    box.querySelector("[data-kept-pages]").replaceChildren(
      ...kept.map((one) => row(link(one), label, () => offline.forget(one.url).then(draw).then(() => box.querySelector("input").focus()))),
    );
  };

  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const field = event.target.elements.question;
    const visit = load();
    const words = field.value.trim();
    if (words && !visit.questions.includes(words)) visit.questions.push(words);
    save(visit);
    field.value = "";
    field.focus();
    draw();
  });
  part("forget").addEventListener("click", async () => {
    localStorage.removeItem(KEY);
    for (const one of offline ? await offline.kept() : []) await offline.forget(one.url);
    part("status").textContent = part("status").dataset.gone;
    draw();
  });
  await draw();
  document.querySelector("[data-visit-scriptless]").hidden = true;
  box.hidden = false;
}
