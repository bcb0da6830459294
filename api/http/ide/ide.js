import { openSchema, fieldsAt } from "/graphql/ide/schema.js";
import { ask, subscribe } from "/graphql/ide/transport.js";

const START = `# Type here, then press Ctrl+Enter.
query Hello {
  viewer {
    name
    organization {
      name
    }
  }
}
`;

const byId = (id) => document.getElementById(id);
const query = byId("query");
const variables = byId("variables");
const token = byId("token");
let stopRunning = null;

query.value = localStorage.getItem("query") ?? START;
variables.value = localStorage.getItem("variables") ?? "";
token.value = sessionStorage.getItem("token") ?? "";

function operations() {
  const text = query.value.replace(/#.*$/gm, "");
  return [...text.matchAll(/\b(query|mutation|subscription)\s+([A-Za-z_]\w*)/g)].map((found) => found[2]);
}

function listOperations() {
  const names = operations();
  const chosen = byId("operation").value;
  const options = names.length > 1 ? names : [""];
  byId("operation").replaceChildren(...options.map((name) => new Option(name || "the only one", name)));
  if (options.includes(chosen)) byId("operation").value = chosen;
}

function isSubscription(name) {
  const text = query.value.replace(/#.*$/gm, "");
  return name ? new RegExp(`\\bsubscription\\s+${name}\\b`).test(text) : /^\s*subscription\b/m.test(text);
}

function show(value, status) {
  byId("answer").textContent = JSON.stringify(value, null, 2);
  byId("status").textContent = status;
}

function message(text) {
  byId("answer").textContent = "";
  byId("status").textContent = text;
}

async function run() {
  stop();
  let given = {};
  try {
    if (variables.value.trim()) given = JSON.parse(variables.value);
  } catch (error) {
    message(`The variables are not JSON: ${error.message}`);
    return;
  }
  localStorage.setItem("query", query.value);
  localStorage.setItem("variables", variables.value);
  sessionStorage.setItem("token", token.value);
  remember();
  const request = { query: query.value, variables: given };
  if (byId("operation").value) request.operationName = byId("operation").value;
  message("Running…");
  if (isSubscription(request.operationName)) listen(request);
  else await fetchOnce(request);
}

async function fetchOnce(request) {
  const began = performance.now();
  try {
    const { status, body } = await ask(request, token.value);
    const cost = body.extensions?.cost?.requested;
    const parts = [`Status ${status}`, `${Math.round(performance.now() - began)} ms`];
    if (body.errors) parts.push(`${body.errors.length} error(s)`);
    if (cost !== undefined) parts.push(`cost ${cost}`);
    show(body, parts.join(", "));
  } catch (error) {
    message(`No answer: ${error.message}`);
  }
}

function listen(request) {
  let count = 0;
  byId("stop").hidden = false;
  stopRunning = subscribe(request, token.value, {
    next: (body) => show(body, `Event ${++count}`),
    done: (text) => { byId("status").textContent = `${text} after ${count} event(s)`; stopRunning = null; byId("stop").hidden = true; },
    error: (errors) => show({ errors }, "Refused"),
  });
}

function stop() {
  stopRunning?.();
  stopRunning = null;
  byId("stop").hidden = true;
}

function history() {
  return JSON.parse(localStorage.getItem("history") ?? "[]");
}

function remember() {
  const entry = { query: query.value, variables: variables.value };
  const others = history().filter((old) => old.query !== entry.query || old.variables !== entry.variables);
  localStorage.setItem("history", JSON.stringify([entry, ...others].slice(0, 50)));
  listHistory();
}

function listHistory() {
  const label = (entry) => entry.query.replace(/#.*$/gm, "").replace(/\s+/g, " ").trim().slice(0, 60);
  const options = history().map((entry, place) => new Option(label(entry), String(place)));
  byId("history").replaceChildren(new Option("choose…", ""), ...options);
}

byId("run").addEventListener("click", run);
byId("stop").addEventListener("click", () => { stop(); byId("status").textContent = "Stopped"; });
byId("history").addEventListener("change", (event) => {
  const entry = history()[Number(event.target.value)];
  if (event.target.value === "" || !entry) return;
  query.value = entry.query;
  variables.value = entry.variables;
  listOperations();
  query.focus();
});
byId("toggle-docs").addEventListener("click", (event) => {
  const open = event.target.getAttribute("aria-expanded") === "true";
  event.target.setAttribute("aria-expanded", String(!open));
  byId("docs").hidden = open;
  document.querySelector("main").classList.toggle("without-docs", open);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
});

const box = byId("suggestions");
let choices = [];
let chosen = 0;

function offer() {
  const { word, names } = fieldsAt(query.value, query.selectionStart);
  choices = names.filter((name) => name.toLowerCase().startsWith(word.toLowerCase())).slice(0, 40);
  chosen = 0;
  drawChoices(word);
}

function drawChoices(word) {
  box.hidden = choices.length === 0;
  box.replaceChildren(...choices.map((name, place) => {
    const item = document.createElement("li");
    item.role = "option";
    item.textContent = name;
    item.setAttribute("aria-selected", String(place === chosen));
    item.addEventListener("mousedown", (event) => { event.preventDefault(); chosen = place; take(word); });
    return item;
  }));
  box.children[chosen]?.scrollIntoView({ block: "nearest" });
}

function take() {
  const { word } = fieldsAt(query.value, query.selectionStart);
  const at = query.selectionStart;
  query.setRangeText(choices[chosen], at - word.length, at, "end");
  close();
}

function close() { box.hidden = true; choices = []; }

query.addEventListener("keydown", (event) => {
  if (event.key === " " && event.ctrlKey) { event.preventDefault(); offer(); return; }
  if (box.hidden) return;
  if (event.key === "Escape") { event.preventDefault(); close(); }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    chosen = (chosen + (event.key === "ArrowDown" ? 1 : choices.length - 1)) % choices.length;
    drawChoices();
  }
  if (event.key === "Enter" && !event.ctrlKey) { event.preventDefault(); take(); }
});
query.addEventListener("input", () => { listOperations(); if (!box.hidden) offer(); });
query.addEventListener("blur", close);

listOperations();
listHistory();
openSchema({ search: byId("search"), trail: byId("trail"), entries: byId("entries") }, () => token.value);
