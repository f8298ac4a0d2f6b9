// The editor: one file as a form or as code, live; what is written is a draft until it is saved.

import { get, post, put } from "./api.js";
import { at, button, made, soon, switched, toast } from "./dom.js";
import { fill } from "./form.js";
import { lines } from "./highlight.js";

const text = at("text"), shown = at("shown"), code = at("code"), form = at("form");
export const drafts = new Map();
const open = { path: "", version: "", saved: "", line: 0 };
let mode = "form", changed = () => {}, findings = [], pictures = "", fields = [];
const press = switched("mode", mode, value => { mode = value; arrange(); });

export function start(place, tell) {
  pictures = place;
  changed = tell;
  text.oninput = () => write(text.value);
  at("save").onclick = save;
  at("revert").onclick = () => { write(open.saved); text.value = open.saved; refresh(); };
  addEventListener("keydown", event => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); save(); }
  });
  addEventListener("beforeunload", event => { if (drafts.size) event.preventDefault(); });
}

export const path = () => open.path;

// Opens a file; at a line it opens as code.
export async function show(path, line = 0) {
  if (path !== open.path) {
    const file = await get("/file?path=" + encodeURIComponent(path)).catch(error => { toast(error.message); });
    if (!file) return;
    begin(file.path, file.text, file.version);
  }
  open.line = line;
  if (line) { mode = "code"; press(mode); }
  arrange();
}

// Begins a file that is not there yet.
export function fresh(path, words) {
  begin(path, words, "");
  open.saved = "";
  drafts.set(path, words);
  mode = "form"; press(mode);
  arrange();
  changed();
}

function begin(path, words, version) {
  Object.assign(open, { path, version, saved: words, line: 0 });
  text.value = drafts.get(path) ?? words;
  fields = [];
  mode = path.startsWith("templates/") && !path.endsWith("brand.yaml") ? "code" : "form";
  press(mode);
  at("hello").hidden = true;
  at("conflict").hidden = true;
  code.scrollTop = form.scrollTop = 0;
}

// Somebody else, or another editor, changed files: those that are open follow.
export async function heard(paths) {
  if (!paths.includes(open.path)) return;
  const file = await get("/file?path=" + encodeURIComponent(open.path)).catch(() => null);
  if (!file || file.version === open.version) return;
  if (drafts.has(open.path)) return conflict(file, "This file was changed by somebody else while you wrote.");
  const [start, end] = [text.selectionStart, text.selectionEnd];
  Object.assign(open, { version: file.version, saved: file.text });
  text.value = file.text;
  text.setSelectionRange(start, end);
  refresh();
}

function conflict(theirs, words) {
  const box = at("conflict");
  box.replaceChildren(words, made("div", {},
    button("Take theirs", () => {
      drafts.delete(open.path);
      taken += 1;
      Object.assign(open, { version: theirs.version, saved: theirs.text });
      text.value = theirs.text;
      box.hidden = true;
      refresh();
      changed();
    }),
    button("Keep mine, and save it over theirs", () => { open.version = theirs.version; box.hidden = true; save(); })));
  box.hidden = false;
}

function write(words) {
  if (words === open.saved && open.version) drafts.delete(open.path); else drafts.set(open.path, words);
  colour();
  state();
  changed();
  if (mode === "form") ask();
}

async function save() {
  if (!drafts.has(open.path)) return;
  const words = drafts.get(open.path), path = open.path;
  try {
    const { version } = await put("/file", { path, text: words, version: open.version });
    Object.assign(open, { version, saved: words });
    if (drafts.get(path) === words) drafts.delete(path);
    at("conflict").hidden = true;
    state();
    changed();
    toast("Saved " + path);
  } catch (error) {
    if (error.status === 409) conflict(error.told, error.message); else toast(error.message);
  }
}

function state() {
  const draft = drafts.has(open.path);
  at("path").textContent = open.path || "Nothing open";
  at("path").title = open.path;
  at("path").classList.toggle("draft", draft);
  at("save").disabled = !draft;
  at("revert").hidden = !draft || !open.version;
}

function arrange() {
  const formed = mode === "form" && fields.length > 0;
  at("modes").hidden = !fields.length;
  form.hidden = !formed;
  code.hidden = formed || !open.path;
  refresh();
}

function refresh() {
  colour();
  state();
  ask.now();
  if (open.line && !code.hidden) reveal(open.line);
}

function colour() {
  const found = lines(open.path, text.value);
  for (const each of findings) {
    if (each.path !== open.path) continue;
    const line = found[Math.min(each.line, found.length) - 1];
    line.classList.add(each.severity);
    line.title = each.message;
  }
  found[open.line - 1]?.classList.add("at");
  shown.replaceChildren(...found);
}

function reveal(line) {
  const element = shown.children[line - 1];
  if (!element) return;
  code.scrollTop = element.offsetTop - code.clientHeight / 3;
  const start = text.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  text.setSelectionRange(start, start);
}

export function mark(all) {
  findings = all;
  if (!open.path) return;
  colour();
  if (!form.hidden) fill(form, fields, wrong(), pictures, set);
}

const wrong = () => findings.filter(each => each.path === open.path);

// The form follows the text; what is typed into it is written into the text by the studio.
const ask = soon(async () => {
  const path = open.path, words = text.value;
  if (!path) return;
  const told = await post("/form", { path, text: words }).catch(() => null);
  if (!told || path !== open.path || words !== text.value) return;
  const before = fields.length;
  fields = told.fields ?? [];
  if (before !== fields.length) {
    at("modes").hidden = !fields.length;
    form.hidden = mode !== "form" || !fields.length;
    code.hidden = !form.hidden;
  }
  if (!form.hidden) fill(form, fields, wrong(), pictures, set);
}, 150);

// What was being written when theirs was taken is not written into theirs.
let turn = Promise.resolve(), taken = 0;
function set(where, value) {
  const path = open.path, since = taken;
  turn = turn.then(async () => {
    for (;;) {
      const before = text.value;
      const told = await post("/fill", { path, text: before, at: where, value }).catch(error => { toast(error.message); });
      if (!told || path !== open.path || since !== taken) return;
      if (text.value !== before) continue; // somebody saved the file meanwhile: it is filled in there
      text.value = told.text;
      return write(told.text);
    }
  });
}
