// Keeps the emergency page, and the pages that a reader chose, for when there is no network. It keeps
// nothing else: no page only because it was read, nothing of the checker or the admin, nothing sent.
const PAGES = "kept-pages";
const FILES = "kept-files";
const EMERGENCY = "/emergency/";
const KEPT_ON = "x-kept-on";
const NEVER = /^\/(admin|symptom-checker|account|review|documents|media|api)\//;
const STALE = 60 * 60 * 1000;
const IN_PAGES = /(?:href|src|data-[\w-]+)="(\/[^"\s]+\.(?:css|js|svg|woff2)(?:\?[^"]*)?)"/g;
const IN_STYLES = /url\(["']?([^"')]+)["']?\)/g;

addEventListener("install", (event) => event.waitUntil(keep(EMERGENCY).then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(registration.navigationPreload?.enable()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || NEVER.test(pathname)) return;
  if (request.mode === "navigate") {
    event.respondWith(page(event, pathname));
  } else if (["style", "script", "font", "image"].includes(request.destination)) {
    event.respondWith(fetch(request).catch(() => keptFile(request)));
  }
});

addEventListener("message", (event) => {
  const done = keep(event.data.keep).then(
    () => true,
    () => false,
  );
  event.waitUntil(done.then((well) => event.ports[0].postMessage(well)));
});

async function page(event, path) {
  try {
    const answer = (await event.preloadResponse) || (await fetch(event.request));
    event.waitUntil(freshen());
    return answer;
  } catch {
    return keptPage(path);
  }
}

// Asked for without cookies: what is kept is what everybody gets.
async function ask(url, cache) {
  const answer = await fetch(url, { credentials: "omit", cache });
  if (!answer.ok) throw Object.assign(new Error(url), { gone: [404, 410].includes(answer.status) });
  return answer;
}

async function keep(path, { again = false } = {}) {
  if (NEVER.test(path)) throw new Error(path);
  const answer = await ask(path, "no-cache");
  const html = await answer.text();
  await Promise.all(filesOf(html).map(keepFile));
  const headers = new Headers({ "content-type": "text/html; charset=utf-8", [KEPT_ON]: new Date().toISOString() });
  const policy = answer.headers.get("content-security-policy");
  if (policy) headers.set("content-security-policy", policy);
  const cache = await caches.open(PAGES);
  // What the reader removed while its new copy was on the way stays removed (offline.js takes the same lock).
  await navigator.locks.request(PAGES, async () => {
    if (!again || (await cache.match(path))) await cache.put(path, new Response(html, { headers }));
  });
}

function filesOf(html) {
  return [...new Set([...html.matchAll(IN_PAGES)].map(([, address]) => address.replaceAll("&amp;", "&")))];
}

async function keepFile(address) {
  const url = new URL(address, location.origin);
  const answer = await ask(url, "default"); // its name changes with its content
  await (await caches.open(FILES)).put(url, answer.clone());
  if (!url.pathname.endsWith(".css")) return;
  const named = [...(await answer.text()).matchAll(IN_STYLES)].map(([, inner]) => new URL(inner, url));
  await Promise.all(named.filter((inner) => inner.origin === url.origin).map((inner) => keepFile(inner.href)));
}

// Copies are made anew in the background, at most once an hour; what is gone from the site goes here too.
async function freshen() {
  const cache = await caches.open(PAGES);
  for (const request of await cache.keys()) {
    const copy = await cache.match(request);
    if (!copy || Date.now() - new Date(copy.headers.get(KEPT_ON)) < STALE) continue;
    const { pathname } = new URL(request.url);
    await keep(pathname, { again: true }).catch((error) => error.gone && cache.delete(request));
  }
}

async function keptFile(request) {
  return (await (await caches.open(FILES)).match(request, { ignoreVary: true })) || Response.error();
}

// A copy says in its first tag when it was kept; comfort.js turns that into words.
async function keptPage(path) {
  const cache = await caches.open(PAGES);
  const own = await cache.match(path);
  const copy = own || (await cache.match(EMERGENCY));
  if (!copy) return Response.error();
  const mark = `data-kept="${copy.headers.get(KEPT_ON)}"${own ? "" : " data-missing"}`;
  const html = (await copy.text()).replace("<html", `<html ${mark}`);
  return new Response(html, { headers: copy.headers });
}
