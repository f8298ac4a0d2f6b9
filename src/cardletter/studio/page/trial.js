// What if: an item left out, raised, or with another budget, and who is shown what else then.

import { post } from "./api.js";
import { at, button, latest, made, sheet } from "./dom.js";

const KINDS = { ban: "is left out", raised: "counts so many times", budgets: "is shown to so many at most" };
let edition = "", items = [], changes = [], place = null;

export function start(which) {
  at("open-trial").onclick = () => {
    if (edition !== which()) [edition, items, changes] = [which(), [], []];
    draw();
    tell();
  };
}

function draw() {
  const item = made("select", { ariaLabel: "Item" }), kind = made("select", { ariaLabel: "What is tried" }, ...Object.entries(KINDS).map(([value, words]) => made("option", { value }, words)));
  const number = made("input", { type: "number", min: "0", step: "any", ariaLabel: "How many", hidden: true });
  item.replaceChildren(...[...items].sort((one, other) => one.title.localeCompare(other.title)).map(each => made("option", { value: each.item_id }, each.title)));
  kind.onchange = () => {
    number.hidden = kind.value === "ban";
    number.value = kind.value === "raised" ? "2" : "1000";
  };
  const add = () => {
    if (!item.value || (kind.value !== "ban" && !number.checkValidity())) return;
    const value = kind.value === "budgets" ? Math.floor(number.valueAsNumber) : number.valueAsNumber;
    changes = [...changes.filter(each => each.item !== item.value), { item: item.value, kind: kind.value, value }];
    draw();
    tell();
  };
  place ??= made("div", { class: "told", ariaLive: "polite" });
  sheet(at("trial-box"), "What if: edition " + edition, "Nothing is changed by it. To keep what you tried, write it into the item or the edition, and make the edition anew.", [
    made("div", { class: "try" }, item, kind, number, button("Try", add, "strong")),
    made("div", { class: "chips" }, ...changes.map(chip)), place,
  ], [button("Close", () => at("trial-box").close())]);
}

function chip(each) {
  const title = items.find(item => item.item_id === each.item)?.title ?? each.item;
  const words = { ban: " is left out", raised: " counts " + each.value + " times", budgets: " is shown to " + each.value.toLocaleString("en") + " at most" }[each.kind];
  return button(title + words + " ✕", () => { changes = changes.filter(other => other !== each); draw(); tell(); });
}

const of = kind => changes.filter(each => each.kind === kind);
const named = kind => Object.fromEntries(of(kind).map(each => [each.item, each.value]));

const tell = latest(async () => {
  const first = items.length === 0;
  place.classList.add("busy");
  if (first) place.replaceChildren(made("p", { class: "about" }, "Matching the edition as it stands ..."));
  try {
    const found = await post("/what-if", { edition, ban: of("ban").map(each => each.item), raised: named("raised"), budgets: named("budgets") });
    if (found.findings) throw new Error(found.findings.map(each => each.path + ":" + each.line + ": " + each.message).join("\n"));
    items = found.standing;
    if (first) draw();
    place.replaceChildren(...(changes.length ? changed(found) : standing(found)));
  } catch (error) {
    place.replaceChildren(made("p", { class: "state bad", role: "alert" }, error.message));
  }
  place.classList.remove("busy");
});

function table(heads, rows) {
  const cells = (tag, row) => made("tr", {}, ...row.map(cell => (typeof cell === "string" ? made(tag, {}, cell) : made(tag, { class: cell[0] }, cell[1]))));
  return made("table", {}, made("thead", {}, cells("th", heads)), made("tbody", {}, ...rows.map(row => cells("td", row))));
}

const share = value => (value > 0 ? "+" : "") + (100 * value).toFixed(1) + "%";

function changed(found) {
  const reach = found.reach.map(each => [each.title, ["n", each.now], ["n", each.then], ["n " + (each.rises ? "up" : "down"), each.change]]);
  const losses = found.losses.map(each => [each.segment, ["n", each.members.toLocaleString("en")], each.lost.join(", "), each.gained.join(", "), ["n " + (each.lift > 0 ? "up" : "down"), share(each.lift)]]);
  const head = made("p", { class: "state" }, found.summary);
  if (!reach.length) return [head, made("p", {}, "Nobody is shown anything else.")];
  return [
    head, made("h3", {}, "Who is shown what"), table(["Item", ["n", "Now"], ["n", "Then"], ["n", "Change"]], reach),
    made("h3", {}, "Whose letters change"), table(["Segment", ["n", "Members"], "Loses", "Gains", ["n", "Worth"]], losses),
  ];
}

function standing(found) {
  const rows = found.standing.map(each => [each.title, ["n", each.members], ["n", each.most], each.why]);
  return [made("h3", {}, "The edition as it stands"), table(["Item", ["n", "Members"], ["n", "At most"], "Why nobody"], rows)];
}
