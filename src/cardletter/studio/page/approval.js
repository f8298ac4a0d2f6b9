// Approval: what is before whoever lets an edition go out, and their name.

import { get, post } from "./api.js";
import { at, button, made, sheet, toast } from "./dom.js";

const told = edition => get("/approval/" + encodeURIComponent(edition));

// Says on the button how it stands.
export async function look(edition) {
  if (!edition) return;
  const found = await told(edition).catch(() => null);
  const done = found && found.given.length > 0 && found.enough;
  at("open-approval").textContent = done ? "✓ Approved" : "Approve";
  at("open-approval").classList.toggle("strong", !done);
}

export async function open(edition, show, make) {
  try {
    draw(await told(edition), show);
  } catch (error) {
    sheet(at("box"), "Approve edition " + edition, "", [made("p", {}, error.message)],
      [button("Close", () => at("box").close()), button("Make the edition", () => { at("box").close(); make(); }, "strong")]);
  }
}

function draw(found, show) {
  const figure = (name, value) => made("div", {}, made("dt", {}, name), made("dd", {}, value.toLocaleString("en")));
  const warnings = found.findings.map(each => made("li", {}, made("button", { type: "button", class: "plain", onclick: () => { at("box").close(); show(each.path, each.line); } }, each.path + ":" + each.line), " " + each.message, made("small", {}, each.hint)));
  const by = made("input", { autocomplete: "name", placeholder: "Your name" }), why = made("input", { placeholder: "What you looked at, if you like" });
  const needed = found.demanded === 0 ? "Nobody has to approve this edition: it goes to the outbox, and does not ask for it. You still may." : found.demanded === 1 ? "Somebody else than its author must approve it before it is sent." : "Two people other than its author must approve it before it is sent.";
  const say = made("p", { class: "state bad", hidden: true, role: "alert" });
  const go = async () => {
    try {
      const now = await post("/approve", { edition: found.edition, by: by.value, why: why.value });
      toast("Recorded: " + (now.words || "approved"));
      draw(now, show);
      look(found.edition);
    } catch (error) {
      say.textContent = error.message;
      say.hidden = false;
    }
  };
  by.onkeydown = event => { if (event.key === "Enter") go(); };
  sheet(at("box"), "Approve edition " + found.edition, needed, [
    made("dl", { class: "figures" }, figure("variants", found.variants), figure("members", found.members), figure("warnings", found.findings.length)),
    ...found.given.map(each => made("p", { class: "state good" }, "✓ " + each.by + " approved it on " + each.at + ", until " + each.until + (each.why ? ": " + each.why : ""))),
    ...found.void.slice(-3).map(([name, words]) => made("p", { class: "state bad" }, name + "’s approval is void: " + words + ".")),
    ...(warnings.length ? [made("ul", { class: "list" }, ...warnings)] : []),
    ...(found.begun ? [made("p", { class: "state" }, "It is being sent already.")] : [
      made("p", { class: "about" }, found.author ? "Changed last by " + found.author + ", who cannot approve it." : "Nobody knows who wrote it: keep the project in git, or add `author:` to the edition."),
      made("label", { class: "field" }, "Approved by", by), made("label", { class: "field" }, "Why", why), say]),
  ], [button("Close", () => at("box").close()), ...(found.begun ? [] : [button("Approve exactly this", go, "strong")])]);
  by.focus();
}
