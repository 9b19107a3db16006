// allauth's script says in an event that a passkey did not work. Here it becomes a sentence.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-problem").hidden = false;
});
