// The wall, as the file that it is, in a frame that knows nothing of the studio.

import { at, button, made as element } from "./dom.js";

let key = "", edition = () => "", chosen = () => {}, make = () => {};

export function start(secret, which, choose, begin) {
  [key, edition, chosen, make] = [secret, which, choose, begin];
  at("open-wall").onclick = open;
  at("close-wall").onclick = () => at("wall-box").close();
  addEventListener("message", event => {
    const frame = at("wall-place").querySelector("iframe");
    if (!frame || event.source !== frame.contentWindow || typeof event.data?.variant !== "string") return;
    at("wall-box").close();
    chosen(event.data.variant);
  });
}

async function open() {
  const address = "/wall/" + key + "/" + encodeURIComponent(edition());
  const there = await fetch(address, { method: "HEAD" }).then(answer => answer.ok, () => false);
  at("wall-place").replaceChildren(there
    ? element("iframe", { sandbox: "allow-scripts", src: address, title: "Every variant of the edition" })
    : element("p", {}, "Edition " + edition() + " is not made yet.", button("Make the edition", () => { at("wall-box").close(); make(); }, "strong")));
  if (!at("wall-box").open) at("wall-box").showModal();
}

export function made(which) { if (at("wall-box").open && which === edition()) open(); }
