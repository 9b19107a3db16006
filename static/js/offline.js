// Pages for when there is no network. The service worker (sw.js) keeps them; this asks it to, and says how
// old a copy is.
const PAGES = "kept-pages";

async function pages() {
  return caches.open(PAGES);
}

export async function kept() {
  const cache = await pages();
  const found = await cache.keys();
  return Promise.all(
    found.map(async (request) => {
      const html = await (await cache.match(request)).text();
      const heading = new DOMParser().parseFromString(html, "text/html").querySelector("h1");
      return { url: new URL(request.url).pathname, title: heading.textContent.trim() };
    }),
  );
}

export async function forget(url) {
  await navigator.locks.request(PAGES, async () => (await pages()).delete(url));
}

async function ask(worker, message) {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(message, [channel.port2]);
  });
}

export async function offer(button, say) {
  const url = location.pathname;
  button.hidden = false;
  if (await (await pages()).match(url)) button.textContent = button.dataset.done;
  button.addEventListener("click", async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (await ask(active, { keep: url })) {
      button.textContent = button.dataset.done;
      say(button.dataset.done);
    }
  });
}

export function sayAge(note) {
  const { kept: on, missing } = document.documentElement.dataset;
  const language = document.documentElement.lang;
  const day = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(new Date(on));
  const hours = Math.round((new Date(on) - Date.now()) / 3_600_000);
  const ago = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const age = hours > -24 ? ago.format(hours, "hour") : ago.format(Math.round(hours / 24), "day");
  const words = missing === undefined ? note.dataset.words : note.dataset.missing;
  note.textContent = hours === 0 ? `${words} ${day}.` : `${words} ${day} (${age}).`;
  note.hidden = false;
}
