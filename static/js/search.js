// Suggests names while one types. The box works without it.
const PAUSE = 180;
const FEWEST = 2;

export function suggest(box) {
  let timer, asked;
  const list = box.list;
  const ask = () => {
    clearTimeout(timer);
    const typed = box.value.trim();
    if (typed.length < FEWEST || typed === asked) return;
    timer = setTimeout(async () => {
      asked = typed;
      const address = new URL(box.dataset.suggest, location.href);
      address.search = new URLSearchParams({ q: typed, format: "json" });
      try {
        const answer = await fetch(address, { credentials: "omit" });
        if (!answer.ok) return;
        const { suggestions } = await answer.json();
        if (box.value.trim() !== typed) return;
        list.replaceChildren(
          ...suggestions.map((name) => Object.assign(document.createElement("option"), { value: name })),
        );
      } catch {
        // Offline, or the page is being left: the box still works.
      }
    }, PAUSE);
  };
  box.addEventListener("input", ask);
  if (box.value !== box.defaultValue) ask(); // typed while this was on its way
}
