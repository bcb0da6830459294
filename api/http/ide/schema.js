import { ask } from "/graphql/ide/transport.js";

const TYPE = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
const INPUT = `name description defaultValue type { ${TYPE} }`;
const INTROSPECTION = `query Schema { __schema {
  queryType { name } mutationType { name } subscriptionType { name }
  types { kind name description
    fields(includeDeprecated: true) { name description isDeprecated deprecationReason args { ${INPUT} } type { ${TYPE} } }
    inputFields { ${INPUT} } enumValues(includeDeprecated: true) { name description }
    interfaces { name } possibleTypes { name } } } }`;

let types = new Map();
let roots = {};

/** Read the schema and let people walk through it. */
export async function openSchema({ search, trail, entries }, token) {
  const { body } = await ask({ query: INTROSPECTION }, token());
  if (!body.data) {
    entries.textContent = body.errors[0].message;
    return;
  }
  const schema = body.data.__schema;
  types = new Map(schema.types.map((type) => [type.name, type]));
  roots = { query: schema.queryType?.name, mutation: schema.mutationType?.name, subscription: schema.subscriptionType?.name };
  const places = { trail, entries };
  search.addEventListener("input", () => (search.value.trim() ? find(search.value.trim(), places) : start(places)));
  start(places);
}

/** Names of the fields that fit where the caret is, and the word before it. */
export function fieldsAt(text, caret) {
  const before = text.slice(0, caret).replace(/#.*$/gm, "").replace(/"(\\.|[^"\\])*"/g, '""');
  const word = /[A-Za-z_]\w*$/.exec(before)?.[0] ?? "";
  const type = typeAt(before.slice(0, before.length - word.length));
  return { word, names: (type?.fields ?? []).map((field) => field.name) };
}

function typeAt(before) {
  const stack = [];
  let last = "";
  let root = "query";
  let parens = 0;
  for (const [piece] of before.matchAll(/\.\.\.|[A-Za-z_]\w*|[{}()]/g)) {
    if (piece === "(") parens += 1;
    else if (piece === ")") parens -= 1;
    else if (parens > 0) continue;
    else if (piece === "{") {
      stack.push(stack.length === 0 ? types.get(last.startsWith("on:") ? last.slice(3) : roots[root]) : inner(stack.at(-1), last));
      last = "";
    } else if (piece === "}") stack.pop();
    else if (last === "on") last = `on:${piece}`;
    else {
      if (stack.length === 0 && piece in roots) root = piece;
      last = piece;
    }
  }
  return stack.at(-1);
}

function inner(parent, name) {
  if (name.startsWith("on:")) return types.get(name.slice(3));
  const field = parent?.fields?.find((one) => one.name === name);
  return field && types.get(named(field.type));
}

function named(type) {
  return type.ofType ? named(type.ofType) : type.name;
}

function written(type) {
  if (type.kind === "NON_NULL") return `${written(type.ofType)}!`;
  if (type.kind === "LIST") return `[${written(type.ofType)}]`;
  return type.name;
}

function start({ trail, entries }) {
  trail.replaceChildren();
  const rootNames = Object.values(roots).filter(Boolean);
  const others = [...types.keys()].filter((name) => !name.startsWith("__") && !rootNames.includes(name)).sort();
  entries.replaceChildren(heading("Start here"), list(rootNames), heading("All types"), list(others));
}

function find(text, { trail, entries }) {
  const wanted = text.toLowerCase();
  const fits = (name) => name.toLowerCase().includes(wanted);
  const hits = [];
  for (const type of types.values()) {
    if (type.name.startsWith("__")) continue;
    if (fits(type.name)) hits.push(row(button(type.name), type.description));
    for (const field of type.fields ?? type.inputFields ?? []) {
      if (fits(field.name)) hits.push(row(button(type.name, `${type.name}.${field.name}`), field.description));
    }
  }
  trail.textContent = `${hits.length} found`;
  entries.replaceChildren(definitions(hits.slice(0, 100)));
}

function open(name) {
  const type = types.get(name);
  const places = { trail: document.getElementById("trail"), entries: document.getElementById("entries") };
  const back = document.createElement("button");
  back.type = "button";
  back.textContent = "All types";
  back.addEventListener("click", () => { start(places); document.getElementById("search").focus(); });
  places.trail.replaceChildren(back);
  const title = heading(`${type.kind.toLowerCase().replace("_", " ")} ${type.name}`);
  title.tabIndex = -1;
  places.entries.replaceChildren(title, paragraph(type.description), ...members(type));
  title.focus();
}

function members(type) {
  const parts = [];
  const fields = type.fields ?? type.inputFields;
  if (fields) parts.push(definitions(fields.map(fieldRow)));
  if (type.enumValues) parts.push(definitions(type.enumValues.map((value) => row(value.name, value.description))));
  if (type.interfaces?.length) parts.push(heading("Implements"), list(type.interfaces.map((one) => one.name)));
  if (type.possibleTypes) parts.push(heading("May be"), list(type.possibleTypes.map((one) => one.name)));
  return parts;
}

function fieldRow(field) {
  const parts = [field.name];
  if (field.args?.length) {
    parts.push("(");
    field.args.forEach((argument, place) => parts.push(place ? ", " : "", `${argument.name}: `, typeButton(argument.type)));
    parts.push(")");
  }
  parts.push(": ", typeButton(field.type));
  const old = field.isDeprecated ? ` Deprecated: ${field.deprecationReason}` : "";
  return row(parts, `${field.description ?? ""}${old}`);
}

function typeButton(type) {
  return button(named(type), written(type));
}

function button(name, text = name) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  element.addEventListener("click", () => open(name));
  return element;
}

function row(term, description) {
  const dt = document.createElement("dt");
  dt.append(...[term].flat());
  const dd = document.createElement("dd");
  dd.textContent = description ?? "";
  return [dt, dd];
}

function definitions(rows) {
  const element = document.createElement("dl");
  element.append(...rows.flat());
  return element;
}

function list(names) {
  return definitions(names.map((name) => row(button(name), types.get(name)?.description)));
}

function heading(text) {
  const element = document.createElement("h2");
  element.textContent = text;
  return element;
}

function paragraph(text) {
  const element = document.createElement("p");
  element.textContent = text ?? "";
  return element;
}
