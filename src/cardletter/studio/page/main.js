// The studio: what is chosen, what is written, and what is shown follow each other from here.

import { get, listen, post } from "./api.js";
import * as approval from "./approval.js";
import { at, button, latest, made, sheet, soon, switched, toast } from "./dom.js";
import * as editor from "./editor.js";
import * as files from "./files.js";
import * as stage from "./stage.js";
import * as trial from "./trial.js";
import * as wall from "./wall.js";
import * as whom from "./whom.js";

let project = null, letterFindings = [], allFindings = [];
const edition = () => at("edition").value;
const wanted = () => ({ edition: edition(), whom: whom.whom(), drafts: Object.fromEntries(editor.drafts) });

const look = latest(async () => {
  try {
    const seen = await post("/look", wanted());
    letterFindings = seen.findings ?? [];
    stage.show(seen);
    files.set({ shown: new Set((seen.items ?? []).map(each => each.path)) });
    merge();
  } catch (error) { refused(error); }
});

const check = latest(async () => {
  const told = await post("/check", wanted()).catch(() => ({}));
  allFindings = told.findings ?? allFindings;
  merge();
});
const approvalSoon = soon(() => approval.look(edition()), 1500);
const checkSoon = soon(check, 350), lookSoon = soon(look, 40);

function refused(error) {
  if (error.status === 401) return stage.say("Who are you?", error.message);
  if (!error.status) return stage.say("The studio has stopped", "Start it again with `cardletter studio`, and open the address that it prints.");
  const make = error.message.includes("cardletter run") ? [button("Make the edition", begin, "strong")] : [];
  stage.say("There is no such letter", error.message, ...make);
}

// What was found in this letter, and in all files; each thing once.
function merge() {
  const all = new Map([...letterFindings, ...allFindings].map(each => [each.path + each.line + each.message, each]));
  const found = [...all.values()].sort((a, b) => (a.severity === "error" ? 0 : 1) - (b.severity === "error" ? 0 : 1) || a.path.localeCompare(b.path) || a.line - b.line);
  editor.mark(found);
  files.set({ findings: found, here: editor.path(), drafts: [...editor.drafts.keys()] });
}

async function open(path, line = 0) {
  await editor.show(path, line);
  files.set({ here: editor.path() });
  pane("edit");
}

function pane(name) {
  document.body.dataset.pane = name;
  for (const tab of document.querySelectorAll(".tabs button")) tab.ariaSelected = String(tab.dataset.pane === name);
}

async function begin() {
  try {
    await post("/make", { edition: edition() });
    making({ edition: edition(), stage: "begun", share: 0 });
  } catch (error) { toast(error.status === 409 ? "It is being made already" : error.message); }
}

const DOING = { begun: "Looking over what was written", pull: "Pulling spending", profile: "Building profiles", segment: "Finding segments", match: "Matching items to slots", render: "Rendering variants", lint: "Looking the variants over", wall: "Hanging the wall" };
async function making(told) {
  if (told.edition !== edition()) return;
  at("making").hidden = Boolean(told.ended);
  at("make").disabled = !told.ended;
  if (!told.ended) {
    at("making-words").textContent = DOING[told.stage] ?? told.stage;
    at("making-share").value = told.share;
  } else if (told.ended === "made") {
    toast("Edition " + told.edition + " is made");
    await whom.load(edition());
    wall.made(edition());
    look();
    approval.look(edition());
  } else if (told.ended === "findings") {
    allFindings = told.findings;
    merge();
    pane("findings");
    toast("Not made: mend the errors first");
  } else toast(told.words);
}

async function heard(kind, told) {
  if (kind === "changed") {
    look();
    checkSoon();
    approvalSoon();
    editor.heard(told.paths);
    const fresh = await get("/project").catch(() => project);
    if (fresh.files.length !== project.files.length) files.set({ known: fresh.files });
    if (fresh.editions.length !== project.editions.length) editions(fresh);
    project = fresh;
  } else if (kind === "open") {
    // What was changed before somebody listened, or while the studio was started anew.
    if (document.body.dataset.ready) { look(); checkSoon(); }
    if (editor.path()) editor.heard([editor.path()]);
    document.body.dataset.ready = "yes";
  } else if (kind === "making") making(told);
  else if (kind === "stranger") refused({ status: 401, message: "Open the address that `cardletter studio` printed when it was started." });
}

function editions(found) {
  const before = edition();
  at("edition").replaceChildren(...found.editions.map(name => made("option", { value: name }, name)));
  at("edition").value = found.editions.includes(before) ? before : found.editions.at(-1) ?? "";
}

function proof() {
  const to = made("select", {}, made("option", { value: "" }, "The outbox of proofs, as a file"), ...project.proofs.map(each => made("option", { value: each }, each)));
  const note = project.proofs.length ? "It leaves by " + (project.transport === "ses" ? "Amazon SES." : "the outbox, since no other transport is set.")
    : "To send to mailboxes, name them in pyproject.toml: proofs = [\"you@example.com\"].";
  sheet(at("box"), "Send a proof", "This letter, marked [Proof]. Its links do nothing, and no edition’s ledger hears of it.",
    [made("label", { class: "field" }, "To", to, made("small", {}, note))],
    [button("Cancel", () => at("box").close()), button("Send", async () => {
      try {
        const sent = await post("/proof", { wanted: wanted(), to: to.value });
        if (sent.findings) throw new Error(sent.findings[0].message);
        at("box").close();
        toast(sent.file ? "Written to " + sent.file : "Sent to " + sent.to);
      } catch (error) { toast(error.message); }
    }, "strong")]);
}

function begun(kind) {
  const title = made("input", { placeholder: kind === "offer" ? "10% off your next pair of boots" : "Five minutes for a better pot of tea" });
  const go = async () => {
    try {
      const told = await post("/fresh", { kind, title: title.value });
      at("box").close();
      editor.fresh(told.path, told.text);
      pane("edit");
    } catch (error) { toast(error.message); }
  };
  title.onkeydown = event => { if (event.key === "Enter") go(); };
  sheet(at("box"), kind === "offer" ? "A new offer" : "A new article", "Its file is named after its title. Nothing is saved before you save it.",
    [made("label", { class: "field" }, "Title", title)], [button("Cancel", () => at("box").close()), button("Begin", go, "strong")]);
  title.focus();
}

async function start() {
  try { project = await get("/project"); } catch (error) { return refused(error); }
  at("project").textContent = project.name;
  editions(project);
  const pictures = "/pictures/" + project.key + "/";
  await stage.start(pictures, open, path => editor.drafts.get(path));
  editor.start(pictures, () => { lookSoon(); checkSoon(); merge(); });
  files.start(open);
  files.set({ known: project.files });
  whom.start(() => look());
  wall.start(project.key, edition, id => { whom.pick("variant:" + id); pane("mail"); }, begin);
  trial.start(edition);
  switched("view", "mail", value => stage.set({ view: value }));
  switched("width", "0", value => stage.set({ width: Number(value) }));
  switched("light", "light", value => stage.set({ dark: value === "dark" }));
  at("images").onclick = event => {
    const on = event.currentTarget.ariaPressed !== "true";
    event.currentTarget.ariaPressed = String(on);
    stage.set({ images: on });
  };
  at("edition").onchange = async () => { await whom.load(edition()); look(); approval.look(edition()); };
  at("open-approval").onclick = () => approval.open(edition(), open, begin);
  at("make").onclick = begin;
  at("open-proof").onclick = proof;
  for (const each of document.querySelectorAll("[data-new]")) each.onclick = () => begun(each.dataset.new);
  for (const tab of document.querySelectorAll(".tabs button")) tab.onclick = () => pane(tab.dataset.pane);
  pane("mail");
  await whom.load(edition());
  await look();
  listen(heard);
  check();
  approval.look(edition());
}

start();
