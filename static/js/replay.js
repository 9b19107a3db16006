// The square on a printed page opens the replay page with the code after the "#", which browsers never
// send. Put it into the field, take it out of the address and the history, and leave the rest to you.
const field = document.querySelector("[data-replay] input[name=code]");
const code = location.hash.slice(1);
if (field && code) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
  document.querySelector("[data-replay] [type=submit]").focus();
}
