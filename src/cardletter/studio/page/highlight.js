// Syntax colours: a file's text as lines of coloured pieces.

const YAML = [
  ["comment", /(?<=^|\s)#.*/y],
  ["key", /(?<=^[ \t-]*)(?:[\w.-]+|"[^"\n]*")(?=\s*:(?:\s|$))/my],
  ["string", /"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'/y],
  ["number", /(?<=[\s[,:])(?:\d{4}-\d\d-\d\d|-?\d[\d_]*(?:\.\d+)?|true|false|null)(?=[\s,\]}]|$)/my],
];
const JINJA = [["comment", /\{#[\s\S]*?#\}/y], ["jinja", /\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/y]];
const MARKUP = [
  ...JINJA,
  ["comment", /<!--[\s\S]*?-->/y],
  ["tag", /<\/?[A-Za-z][\w:-]*|\/?>/y],
  ["key", /(?<=\s)[\w:-]+(?==["'])/y],
  ["string", /(?<==)"[^"{]*(?:\{\{[\s\S]*?\}\}[^"{]*)*"/y],
];
const PROSE = [
  ["head", /^#{1,6} .*/my],
  ["bold", /\*\*[^*\n]+\*\*|__[^_\n]+__/y],
  ["string", /\[[^\]\n]+\]\([^)\s]+\)/y],
  ["number", /^(?:[-*+]|\d+\.) /my],
];

function* pieces(text, rules) {
  let plain = 0, at = 0;
  while (at < text.length) {
    let found;
    for (const [name, rule] of rules) {
      rule.lastIndex = at;
      const match = rule.exec(text);
      if (match && match[0]) { found = [name, match[0]]; break; }
    }
    if (!found) { at += 1; continue; }
    if (plain < at) yield ["", text.slice(plain, at)];
    yield found;
    at += found[1].length;
    plain = at;
  }
  if (plain < text.length) yield ["", text.slice(plain)];
}

function* coloured(path, text) {
  if (path.endsWith(".md")) {
    const fence = /^---\n[\s\S]*?^---\n/m.exec(text);
    const head = fence && fence.index === 0 ? fence[0] : "";
    yield* pieces(head, YAML);
    yield* pieces(text.slice(head.length), PROSE);
  } else if (path.endsWith(".yaml")) yield* pieces(text, YAML);
  else if (path.endsWith(".txt")) yield* pieces(text, JINJA);
  else yield* pieces(text, MARKUP);
}

// Gives an element a line, numbered from `first`.
export function lines(path, text, first = 1) {
  const found = [];
  let line;
  const begin = () => {
    line = document.createElement("div");
    line.className = "line";
    line.dataset.n = String(first + found.length);
    found.push(line);
  };
  begin();
  for (const [name, piece] of coloured(path, text)) {
    piece.split("\n").forEach((part, place) => {
      if (place) begin();
      if (!part) return;
      const span = name ? document.createElement("span") : document.createTextNode(part);
      if (name) { span.className = "t-" + name; span.textContent = part; }
      line.append(span);
    });
  }
  return found;
}
