// The stage: one letter, in a frame that runs no script and may load nothing but our own pictures.
// A new one takes the old one's place in the same document, so that nothing jumps or flashes.

import { get } from "./api.js";
import { at, button, made } from "./dom.js";
import { lines } from "./highlight.js";

const stage = at("stage"), frame = at("letter"), paper = at("paper"), trouble = at("trouble"), clicked = at("clicked");
const view = { view: "mail", width: 0, dark: false, images: true };
const EMPTY = "<!doctype html><html><head></head><body></body></html>";
let shown = null, place = "", opened = () => {}, draft = () => undefined, count = 0;

export function start(pictures, open, drafted) {
  draft = drafted;
  place = pictures;
  opened = open;
  return new Promise(ready => {
    frame.onload = () => { frame.onload = null; ready(); };
    frame.srcdoc = EMPTY;
  });
}

export function set(what) {
  Object.assign(view, what);
  if (shown) draw();
}

// Shows what came of a look: a letter, or in its place why there is none.
export function show(look) {
  const findings = (look.findings ?? []).filter(each => each.severity === "error");
  if (look.html === undefined) return fail("This letter cannot be made as it is", findings);
  shown = look;
  stage.classList.remove("troubled");
  trouble.hidden = true;
  at("subject").textContent = look.subject;
  at("preheader").textContent = look.preheader;
  at("facts").replaceChildren(...look.facts.map(([name, words]) =>
    made("div", { title: name + ": " + words }, made("dt", {}, name), made("dd", {}, name === "Members" ? words + " members" : words))));
  size(look);
  draw();
}

export function say(title, words, ...buttons) {
  trouble.replaceChildren(made("div", {}, made("h2", {}, title), made("p", {}, words), ...buttons));
  trouble.classList.add("words");
  stage.classList.add("troubled");
  trouble.hidden = false;
  painted();
}

async function fail(title, findings) {
  const box = made("div", {}, made("h2", {}, title));
  for (const each of findings.slice(0, 5)) {
    const where = each.path ? each.path + ":" + each.line : "";
    box.append(made("p", { class: "what" }, each.message));
    if (each.hint) box.append(made("p", { class: "hint" }, each.hint));
    if (where) box.append(button(where, () => opened(each.path, each.line), "plain"));
    const excerpt = made("pre", { class: "code" });
    box.append(excerpt);
    around(each).then(found => excerpt.replaceChildren(...found), () => excerpt.remove());
  }
  trouble.replaceChildren(box);
  trouble.classList.remove("words");
  stage.classList.add("troubled");
  trouble.hidden = false;
  painted();
}

// The lines around a finding, its own marked.
async function around(finding) {
  const text = draft(finding.path) ?? (await get("/file?path=" + encodeURIComponent(finding.path))).text;
  const all = text.split("\n"), first = Math.max(0, finding.line - 4);
  const found = lines(finding.path, all.slice(first, finding.line + 3).join("\n"), first + 1);
  found[finding.line - 1 - first]?.classList.add("error");
  return found;
}

function size(look) {
  const share = look.bytes / look.clips, box = at("size");
  at("size-words").textContent = Math.round(look.bytes / 1024) + " of " + Math.round(look.clips / 1024) + " kB";
  at("size-share").style.width = Math.min(100, 100 * share) + "%";
  box.className = "size" + (share > 1 ? " over" : share > .85 ? " near" : "");
  box.title = share > 1 ? "Gmail clips this letter: its end, with the unsubscribe link, is hidden" : "Gmail clips letters that are larger";
}

function draw() {
  const mail = view.view === "mail";
  paper.hidden = mail;
  frame.hidden = !mail;
  clicked.hidden = true;
  stage.classList.toggle("narrow", mail && view.width > 0);
  fit();
  paper.classList.toggle("prose", view.view === "text");
  if (mail) letter(); else if (view.view === "text") text(); else mjml();
  painted();
}

// A width that there is no room for is shown smaller, and stays the width it is.
function fit() {
  const padding = stage.clientWidth < 500 ? 0 : 32, room = stage.clientWidth - padding;
  const scale = view.width ? Math.min(1, room / view.width) : 1;
  stage.style.setProperty("--wide", view.width + "px");
  frame.style.transform = scale < 1 ? "scale(" + scale + ")" : "";
  frame.style.height = scale < 1 ? 100 / scale + "%" : "";
  frame.style.marginLeft = scale < 1 ? (stage.clientWidth - padding - view.width * scale) / 2 + "px" : "";
  stage.classList.toggle("small", scale < 1);
}
new ResizeObserver(fit).observe(stage);

function letter() {
  const doc = frame.contentDocument, fresh = new DOMParser().parseFromString(shown.html, "text/html");
  for (const image of fresh.querySelectorAll("img")) source(image);
  const top = doc.scrollingElement?.scrollTop ?? 0, left = doc.scrollingElement?.scrollLeft ?? 0;
  doc.replaceChild(doc.adoptNode(fresh.documentElement), doc.documentElement);
  scheme(doc);
  const style = doc.createElement("style");
  style.textContent = "[data-source]:hover:not(:has([data-source]:hover)) { outline: 1px dashed #2f8f95 !important; outline-offset: -1px; } .-chosen { outline: 2px solid #2f8f95 !important; outline-offset: -2px; } a { cursor: pointer; }";
  doc.head.append(style);
  doc.documentElement.style.colorScheme = view.dark ? "dark" : "light";
  doc.scrollingElement.scrollTo({ top, left, behavior: "instant" });
  doc.onclick = choose;
}

// Pictures come from the project; with images off there are none, as in many a mail program.
function source(image) {
  const src = image.getAttribute("src") ?? "";
  const own = src.startsWith(shown.pictures) ? place + src.slice(shown.pictures.length) : src.startsWith("data:") ? src : "";
  image.setAttribute("src", view.images && own ? own : "data:,");
  image.removeAttribute("srcset");
}

// Light and dark by the letter's own rules, whatever the system is set to.
function scheme(doc) {
  const yes = "(min-width: 0px)", no = "(max-width: 0px)";
  for (const sheet of doc.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!rule.media) continue;
      rule.media.mediaText = rule.media.mediaText
        .replaceAll(/\(\s*prefers-color-scheme:\s*dark\s*\)/g, view.dark ? yes : no)
        .replaceAll(/\(\s*prefers-color-scheme:\s*light\s*\)/g, view.dark ? no : yes);
    }
  }
}

function text() {
  const top = paper.scrollTop;
  paper.replaceChildren(...shown.text.replace(/\n$/, "").split("\n").map((words, place) => {
    const line = made("div", { class: "line", title: shown.lines[place] ?? "" }, words);
    line.onclick = () => go(shown.lines[place]);
    return line;
  }));
  paper.scrollTop = top;
}

function mjml() {
  const top = paper.scrollTop;
  paper.replaceChildren(made("pre", {}, ...lines("x.mjml", shown.mjml)));
  paper.scrollTop = top;
}

const go = source => {
  const found = /^(.*):(\d+)$/.exec(source ?? "");
  if (found) opened(found[1], Number(found[2]));
};

// A click opens the block that made the element, at its line; and offers the story it belongs to.
function choose(event) {
  event.preventDefault();
  const element = event.target.closest?.("[data-source]");
  if (!element) return;
  for (const old of frame.contentDocument.querySelectorAll(".-chosen")) old.classList.remove("-chosen");
  element.classList.add("-chosen");
  const item = belongs(element), where = element.dataset.source;
  const buttons = [button(where, () => go(where))];
  if (item) buttons.unshift(button("Edit “" + item.title + "”", () => opened(item.path, 0), "strong"));
  clicked.replaceChildren(...buttons, button("×", () => { clicked.hidden = true; }));
  clicked.hidden = false;
  go(where);
}

// The one item whose link stands in or around an element, if there is one only.
function belongs(element) {
  for (let box = element, up = 0; box && up < 14; box = box.parentElement, up += 1) {
    const links = new Set([...box.querySelectorAll("a[href]"), ...(box.matches("a[href]") ? [box] : [])].map(a => a.getAttribute("href")));
    const items = shown.items.filter(item => links.has(item.link));
    if (items.length) return items.length === 1 ? items[0] : null;
  }
  return null;
}

// Counts what was painted, and when: the moment after the frame that shows it.
function painted() {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      count += 1;
      stage.dataset.painted = String(count);
      stage.dataset.paintedAt = String(performance.timeOrigin + performance.now());
    };
    channel.port2.postMessage(0);
  });
}
