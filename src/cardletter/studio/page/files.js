// The files on the left, and the findings under the editor.

import { at, made } from "./dom.js";

const ROOMS = [
  ["content/editions/", "Editions"], ["content/articles/", "Articles"], ["content/offers/", "Offers"],
  ["content/", "Content"], ["segments/", "Segments"], ["templates/blocks/", "Blocks"], ["templates/", "Templates"],
];
const OPEN = new Set(["Editions", "Templates"]);
let known = [], open = () => {}, here = "", findings = [], drafts = [], shown = new Set(), only = false;

export function start(chosen) {
  open = chosen;
  at("files-search").oninput = draw;
  at("findings-here").onclick = event => {
    only = !only;
    event.currentTarget.ariaPressed = String(only);
    list();
  };
}

export function set(now) {
  ({ known = known, here = here, findings = findings, drafts = drafts, shown = shown } = now);
  draw();
  list();
}

function draw() {
  const words = at("files-search").value.toLowerCase(), all = [...new Set([...known, ...drafts])].sort();
  const rest = new Set(all);
  const rooms = [...ROOMS].sort((one, other) => other[0].length - one[0].length).map(([start, name]) => {
    const mine = all.filter(path => rest.has(path) && path.startsWith(start));
    mine.forEach(path => rest.delete(path));
    return [name, start, mine.filter(path => path.toLowerCase().includes(words))];
  });
  const opened = new Map([...at("tree").querySelectorAll("details")].map(each => [each.dataset.name, each.open]));
  const order = name => ROOMS.findIndex(each => each[1] === name);
  at("tree").replaceChildren(...rooms.filter(([, , mine]) => mine.length).sort((a, b) => order(a[0]) - order(b[0])).map(([name, start, mine]) =>
    made("details", { data: { name }, open: Boolean(words) || mine.includes(here) || (opened.get(name) ?? OPEN.has(name)) },
      made("summary", {}, name + " ", made("small", {}, String(mine.length))), ...mine.map(path => file(path, start)))));
}

function file(path, start) {
  const mine = findings.filter(each => each.path === path);
  const worst = mine.some(each => each.severity === "error") ? "error" : "warning";
  const row = made("button", { type: "button", title: path, onclick: () => open(path) }, made("span", {}, path.slice(start.length)));
  row.ariaCurrent = String(path === here);
  if (shown.has(path)) { row.classList.add("shown"); row.title += " (in this letter)"; }
  if (drafts.includes(path)) row.append(made("i", { class: "draft", title: "not saved" }, "●"));
  if (mine.length) row.append(made("i", { class: worst }, String(mine.length)));
  return row;
}

function list() {
  const mine = only ? findings.filter(each => each.path === here) : findings;
  const errors = findings.filter(each => each.severity === "error").length, warnings = findings.length - errors;
  const told = [errors && errors + (errors === 1 ? " error" : " errors"), warnings && warnings + (warnings === 1 ? " warning" : " warnings")].filter(Boolean);
  at("findings-count").textContent = told.join(", ") || "Nothing stands in the way";
  at("tab-count").textContent = findings.length ? "(" + findings.length + ")" : "";
  at("findings").replaceChildren(...mine.map(each =>
    made("li", { class: each.severity }, made("button", { type: "button", onclick: () => open(each.path, each.line) },
      each.message, made("small", {}, made("code", {}, each.path + ":" + each.line), each.hint ? " " + each.hint : "")))),
    ...(mine.length ? [] : [made("li", { class: "none" }, only && findings.length ? "None in this file." : "All that people wrote was looked over.")]));
}
