// Elements without a template: texts are texts, never markup.

export const at = id => document.getElementById(id);

export function made(tag, given = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null) continue;
    if (name === "class") element.className = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name in element && name !== "list") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...inside.filter(each => each !== undefined && each !== null));
  return element;
}

export const button = (words, onclick, name = "") => made("button", { type: "button", onclick, class: name }, words);

let hiding;
export function toast(words) {
  at("toast").textContent = words;
  at("toast").classList.add("on");
  clearTimeout(hiding);
  hiding = setTimeout(() => at("toast").classList.remove("on"), 3500);
}

// Runs `work` once things have been quiet for a while; `now` runs it at once.
export function soon(work, milliseconds) {
  let timer = 0;
  const run = () => { clearTimeout(timer); timer = 0; return work(); };
  const later = () => { clearTimeout(timer); timer = setTimeout(run, milliseconds); };
  later.now = run;
  later.due = () => { if (timer) run(); };
  return later;
}

// Runs `work` for the latest call only, and never twice at once.
export function latest(work) {
  let busy = null, again = false;
  return async function run() {
    if (busy) { again = true; return busy; }
    busy = work();
    try { await busy; } finally {
      busy = null;
      if (again) { again = false; run(); }
    }
  };
}

// A row of buttons of which one is pressed.
export function switched(name, value, chosen) {
  const row = document.querySelector(`[data-switch=${name}]`);
  const press = which => { for (const each of row.children) each.ariaPressed = String(each.value === which); };
  row.onclick = event => {
    const pressed = event.target.closest("button");
    if (!pressed) return;
    press(pressed.value);
    chosen(pressed.value);
  };
  press(value);
  return press;
}

// A sheet with a heading, what is inside, and buttons. Gives the dialog.
export function sheet(dialog, title, words, inside, buttons) {
  dialog.replaceChildren(
    made("header", {}, made("h2", {}, title), words ? made("p", {}, words) : undefined),
    made("div", { class: "inside" }, ...inside),
    made("footer", {}, ...buttons),
  );
  dialog.onclick = event => { if (event.target === dialog) dialog.close(); };
  if (!dialog.open) dialog.showModal();
  return dialog;
}
