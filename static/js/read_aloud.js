// Reads the page aloud with a voice of this device. A voice from the network would send the text to
// whoever runs it, so without a local voice the button stays hidden.
const SAID = "h1, h2, h3, p, li, dt, dd, th, td, figcaption";
const UNSAID = "nav, .cite, .sources, .contents, svg, form, [hidden], [aria-hidden=true]";
const speech = window.speechSynthesis;
let round = 0;

function voice() {
  const language = document.documentElement.lang.split("-")[0];
  const local = speech.getVoices().filter((one) => one.localService && one.lang.startsWith(language));
  return local.find((one) => one.default) || local[0];
}

function pieces() {
  const all = [...document.querySelectorAll("#main :is(" + SAID + ")")];
  return all.filter(
    (one) => one.checkVisibility() && !one.closest(UNSAID) && !one.querySelector(SAID) && one.textContent.trim(),
  );
}

function read(button, words) {
  const own = ++round; // what an earlier round still has to say is not for this one
  const left = pieces();
  const next = (before) => {
    before?.classList.remove("being-read");
    if (own !== round) return;
    const piece = left.shift();
    if (!piece) return stop(button, words);
    const utterance = new SpeechSynthesisUtterance(piece.textContent.replace(/\s+/g, " ").trim());
    utterance.voice = voice();
    utterance.lang = utterance.voice.lang;
    utterance.onend = utterance.onerror = () => next(piece);
    piece.classList.add("being-read");
    piece.scrollIntoView({ block: "nearest" });
    speech.speak(utterance);
  };
  button.textContent = button.dataset.stop;
  next();
}

function stop(button, words) {
  round += 1;
  speech.cancel();
  for (const piece of document.querySelectorAll(".being-read")) piece.classList.remove("being-read");
  button.textContent = words;
}

export function offer(button) {
  if (!speech) return;
  const words = button.textContent;
  const show = () => {
    button.hidden = !voice();
  };
  show();
  speech.addEventListener?.("voiceschanged", show);
  button.addEventListener("click", () =>
    button.textContent === words ? read(button, words) : stop(button, words),
  );
  window.addEventListener("pagehide", () => speech.cancel());
}
