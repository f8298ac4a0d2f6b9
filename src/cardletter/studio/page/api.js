// What the page asks of the studio. The token stands behind the # of the address that was printed;
// it is kept for this address only, and shown to nobody else.

const KEPT = "cardletter-studio";

if (location.hash.length > 1) {
  localStorage.setItem(KEPT, location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}

const headers = () => ({ Authorization: "Bearer " + (localStorage.getItem(KEPT) ?? "") });

export class Refused extends Error {
  constructor(status, told) {
    super(told.refused ?? told.detail?.[0]?.msg ?? told.detail ?? "The studio did not understand that.");
    this.status = status;
    this.told = told;
  }
}

async function asked(method, path, body) {
  const answer = await fetch("/api" + path, {
    method,
    headers: body === undefined ? headers() : { ...headers(), "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok || told.refused) throw new Refused(answer.status, told);
  return told;
}

export const get = path => asked("GET", path);
export const post = (path, body) => asked("POST", path, body);
export const put = (path, body) => asked("PUT", path, body);

// Server-sent events by fetch, since an EventSource cannot show the token.
export async function listen(hear) {
  for (;;) {
    try {
      const answer = await fetch("/api/events", { headers: headers() });
      if (answer.status === 401) return hear("stranger", {});
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        const events = (rest + value).split("\n\n");
        rest = events.pop();
        for (const event of events) {
          const kind = /^event: (.*)$/m.exec(event), data = /^data: (.*)$/m.exec(event);
          if (kind && data) hear(kind[1], JSON.parse(data[1]));
        }
      }
    } catch { /* it was stopped, or is being started: it is asked again */ }
    hear("gone", {});
    await new Promise(later => setTimeout(later, 700));
  }
}
