// For whom: the sample, a segment's letter, or as one member by their id.

import { get } from "./api.js";
import { at, button, made, sheet } from "./dom.js";

let variants = [], blocks = [], chosen = { whom: "sample" }, tell = () => {};

export function start(changed) {
  tell = changed;
  at("whom").onclick = choose;
  at("language").onchange = () => pick("variant:" + at("language").value);
}

export const whom = () => chosen.whom;

// Takes in an edition's letters; the one that was looked at stays, where it is still there.
export async function load(edition) {
  const before = variants.find(each => "variant:" + each.id === chosen.whom);
  const told = edition ? await get("/whom/" + encodeURIComponent(edition)).catch(() => ({})) : {};
  variants = told.variants ?? [];
  blocks = told.blocks ?? [];
  if (before && !named(chosen.whom)) {
    const same = variants.find(each => each.segment === before.segment && each.locale === before.locale && each.product === before.product && each.tuned === before.tuned);
    chosen = { whom: same ? "variant:" + same.id : "sample" };
  } else if (!before && chosen.whom.startsWith("variant:") && !named(chosen.whom)) chosen = { whom: "sample" };
  words();
}

const named = whom => variants.find(each => "variant:" + each.id === whom);

export function pick(whom) {
  chosen = { whom };
  at("whom-box").close();
  words();
  tell();
}

function words() {
  const mine = named(chosen.whom);
  at("whom-name").textContent = mine ? mine.name : chosen.whom.startsWith("member:") ? "One member" : chosen.whom.startsWith("block:") ? "The block " + chosen.whom.slice(6) : "The sample";
  const others = mine ? variants.filter(each => each.segment === mine.segment && each.product === mine.product && each.country === mine.country && each.tuned === mine.tuned) : [];
  at("language-pick").hidden = new Set(others.map(each => each.locale)).size < 2;
  at("language").replaceChildren(...others.map(each => made("option", { value: each.id, selected: each === mine }, each.locale || "any")));
}

function choose() {
  const search = made("input", { type: "search", placeholder: "Find a segment, or a block", ariaLabel: "Find a segment" });
  const list = made("ul", { class: "choices" });
  const draw = () => {
    const asked = search.value.toLowerCase();
    const found = variants.filter(each => (each.name + " " + each.segment + " " + each.locale + " " + each.product).toLowerCase().includes(asked));
    list.replaceChildren(
      ...(asked ? [] : [row("sample", "The sample", [], "beside the template")]),
      ...found.slice(0, 200).map(each => row("variant:" + each.id, each.name, [each.locale, each.product, each.country, each.tuned ? "tuned" : ""],
        each.members ? each.members.toLocaleString("en") + " members" : each.tuned ? "as members asked" : "few")),
      ...blocks.filter(each => ("block " + each.name + " " + each.about).toLowerCase().includes(asked))
        .map(each => row("block:" + each.name, each.name, ["block"], each.about)));
  };
  search.oninput = draw;
  draw();
  const member = made("input", { placeholder: "A member’s id", ariaLabel: "A member’s id", autocomplete: "off" });
  const as = () => { if (member.value.trim()) pick("member:" + member.value.trim()); };
  member.onkeydown = event => { if (event.key === "Enter") as(); };
  sheet(at("whom-box"), "For whom", variants.length ? "" : "There is the sample only until the edition is made.", [
    search, list,
    made("label", { class: "field" }, "As one member", member,
      made("small", {}, "Shows which letter they get, what their segment shares and what they asked for. Never a name, an address or spending.")),
  ], [button("Close", () => at("whom-box").close()), button("Show as this member", as, "strong")]);
  search.focus();
}

function row(whom, name, chips, about) {
  const element = button("", () => pick(whom));
  element.append(made("b", {}, name), ...chips.filter(Boolean).map(each => made("em", {}, each)), made("small", {}, about));
  element.ariaCurrent = String(whom === chosen.whom);
  return made("li", {}, element);
}
