// Forms: a file's keys as fields. A field that is being written in is left alone by what comes back.

import { made, soon } from "./dom.js";

export function fill(form, fields, findings, pictures, set) {
  const key = JSON.stringify(fields.map(field => [field.at, field.kind, field.choices.length]));
  if (form.dataset.key !== key) {
    form.dataset.key = key;
    form.onsubmit = event => event.preventDefault();
    form.replaceChildren(...built(fields, pictures, set));
  }
  for (const field of fields) {
    const box = form.querySelector(`[data-at="${CSS.escape(field.at.join("."))}"]`);
    box?.take(field);
    if (box) wrong(box, findings, field);
  }
}

function built(fields, pictures, set) {
  const found = [];
  let group = "", colours = null;
  for (const field of fields) {
    const name = field.group.join(" · ");
    if (name !== group) {
      if (name) found.push(made("h3", {}, name[0].toUpperCase() + name.slice(1)));
      colours = null;
      group = name;
    }
    if (field.kind === "colour") {
      if (!colours) { colours = made("div", { class: "colours" }); found.push(colours); }
      colours.append(box(field, pictures, set));
    } else found.push(box(field, pictures, set));
  }
  return found;
}

function box(field, pictures, set) {
  const made_ = ({ ticks, picture, colour, choice, yesno: choice }[field.kind] ?? line)(field, pictures, value => set(field.at, value));
  made_.dataset.at = field.at.join(".");
  return made_;
}

const name = field => made("span", { class: "name" }, field.label, made("small"));
const about = field => field.about ? made("p", { class: "about" }, field.about) : undefined;

function line(field, _pictures, set) {
  const tall = { long: 2, markdown: 14 }[field.kind];
  const kind = field.kind === "date" ? "date" : "text";
  const input = made(tall ? "textarea" : "input", tall ? { rows: tall } : { type: kind });
  if (field.kind === "number") input.inputMode = "decimal";
  if (field.kind === "words") input.placeholder = "one, another";
  const said = () => field.kind === "words" ? input.value.split(",").map(each => each.trim()).filter(Boolean) : input.value;
  const later = soon(() => set(said()), 120);
  const box = made("label", { class: "field" }, name(field), about(field), input);
  const count = () => {
    const small = box.querySelector("small");
    small.textContent = field.most ? input.value.length + " of " + field.most : field.needed ? "" : "may be empty";
    small.classList.toggle("over", field.most > 0 && input.value.length > field.most);
  };
  input.oninput = () => { count(); later(); };
  input.onblur = () => later.due();
  box.take = now => {
    if (document.activeElement !== input) input.value = Array.isArray(now.value) ? now.value.join(", ") : String(now.value ?? "");
    count();
  };
  return box;
}

function choice(field, _pictures, set) {
  const values = field.kind === "yesno" ? [["true", "Yes"], ["false", "No"]] : field.choices;
  const select = made("select", {}, ...values.map(([value, words]) => made("option", { value }, words)));
  select.onchange = () => set(field.kind === "yesno" ? select.value === "true" : select.value);
  const box = made("label", { class: "field" }, name(field), about(field), select);
  box.take = now => { select.value = String(now.value); };
  return box;
}

function ticks(field, _pictures, set) {
  let chosen = [];
  const boxes = field.choices.map(([value, words]) => {
    const input = made("input", { type: "checkbox", value });
    input.onchange = () => {
      chosen = input.checked ? [...chosen, value] : chosen.filter(each => each !== value);
      set(chosen);
    };
    return made("label", {}, input, words);
  });
  const box = made("fieldset", {}, made("legend", { class: "name" }, field.label, made("small", {}, "the main one first")), about(field), made("div", { class: "ticks" }, ...boxes));
  box.take = now => {
    chosen = [...now.value];
    for (const each of boxes) {
      each.firstChild.checked = chosen.includes(each.firstChild.value);
      each.classList.toggle("on", each.firstChild.checked);
    }
  };
  return box;
}

function picture(field, pictures, set) {
  const image = made("img", { alt: "" });
  const select = made("select", {}, ...field.choices.map(([value, words]) => made("option", { value }, words)));
  select.onchange = () => { set(select.value); image.src = pictures + select.value; };
  const box = made("label", { class: "field" }, name(field), about(field), made("div", { class: "picture" }, image, select));
  box.take = now => {
    select.value = now.value;
    if (now.value) image.src = pictures + encodeURIComponent(now.value);
  };
  return box;
}

function colour(field, _pictures, set) {
  const input = made("input", { type: "color" }), words = made("code");
  const later = soon(() => set(input.value), 60);
  input.oninput = () => { words.textContent = input.value; later(); };
  const box = made("label", { class: "field" }, input, field.label, words);
  box.take = now => { if (document.activeElement !== input) input.value = now.value; words.textContent = now.value; };
  return box;
}

// A finding that names the field, or is of the line where it stands alone, stands under it.
function wrong(box, findings, field) {
  const label = field.at.join(".");
  const mine = findings.find(each => each.message.startsWith(label + " ") || each.message.startsWith(label + ":"))
    ?? findings.find(each => field.line && each.line === field.line);
  box.classList.toggle("wrong", Boolean(mine));
  let words = box.querySelector(".wrong-words");
  if (!mine) return words?.remove();
  if (!words) { words = made("p", { class: "wrong-words" }); box.append(words); }
  words.textContent = mine.message + (mine.hint ? ": " + mine.hint : "");
}
