// Three conveniences; every page works without them.
const search = () => document.querySelector("#q");

// Ctrl+K or Cmd+K goes to the search field, on this page or on the first one.
document.addEventListener("keydown", (event) => {
  if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  event.preventDefault();
  if (search()) search().select();
  else location.assign("/");
});

// Arrow keys walk from the search field through the results and back.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = [...document.querySelectorAll("#results h3 a")];
  const at = links.indexOf(document.activeElement);
  if (!step || !links.length || (at < 0 && document.activeElement !== search())) return;
  event.preventDefault();
  (links[at + step] ?? (step < 0 ? search() : links[at])).focus();
});

// A form that is on its way is not sent again by a second click.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
