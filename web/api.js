// api.js - all that the page asks for, from where it came and nowhere else.

const BASE = "/api/v1/";
let key = "";

// The key comes once, in the part of the address that is sent to nobody, and
// is taken out of sight. Storage is of this port alone.
export function takeKey() {
  const match = /^#key=([0-9a-f]{64})$/.exec(location.hash);
  if (match) {
    localStorage.setItem("madai-key", match[1]);
    history.replaceState(null, "", "/#/");
  }
  key = localStorage.getItem("madai-key") ?? "";
  return key !== "";
}

export class Failure extends Error {
  constructor(status, kind, words) {
    super(words);
    this.status = status;
    this.kind = kind;
  }
}

async function answer(response) {
  let body = null;
  try {
    body = await response.json();
  } catch {
    throw new Failure(response.status, "broken", response.statusText);
  }
  if (response.ok) return body;
  throw new Failure(response.status, body?.error?.kind ?? "broken", body?.error?.words ?? "");
}

async function ask(path, options) {
  try {
    return await fetch(BASE + path, {cache: "no-store", ...options,
      headers: {"X-Madai-Key": key, ...options?.headers}});
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failure(0, "away", "");
  }
}

// What was answered before holds until the ledger grows; the server says.
const known = new Map();
const KNOWN_MOST = 120;

export async function get(path) {
  const before = known.get(path);
  const response = await ask(path, {headers: before ? {"If-None-Match": before.tag} : {}});
  if (response.status === 304) return before.body;
  const body = await answer(response);
  const tag = response.headers.get("ETag");
  if (tag) {
    known.delete(path);
    known.set(path, {tag, body});
    if (known.size > KNOWN_MOST) known.delete(known.keys().next().value);
  }
  return body;
}

export async function post(path, body) {
  return answer(await ask(path, {method: "POST", body: JSON.stringify(body),
    headers: {"Content-Type": "application/json"}}));
}

// path("search", {q: "tear gas", sort: ""}): empty values are left out.
export function path(name, values) {
  const words = new URLSearchParams();
  for (const [key, value] of Object.entries(values ?? {}))
    if (value !== "" && value !== null && value !== undefined) words.set(key, value);
  const query = words.toString();
  return query ? `${name}?${query}` : name;
}

// A picture that madai drew, and how many dots of it are an inch.
export async function picture(path) {
  const response = await ask(path);
  if (!response.ok) await answer(response);
  return {bitmap: await createImageBitmap(await response.blob()), dots: Number(response.headers.get("X-Madai-Dots"))};
}

// Sends a file; `told` hears how many of its bytes went. fetch cannot say.
export function upload(file, name, told) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", BASE + path("uploads", {name}));
    request.setRequestHeader("X-Madai-Key", key);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", (event) => told(event.loaded));
    request.addEventListener("error", () => reject(new Failure(0, "away", "")));
    request.addEventListener("load", () => {
      let body = {};
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // told as a failure below
      }
      if (request.status === 200) resolve(body.upload);
      else reject(new Failure(request.status, body.error?.kind, body.error?.words ?? ""));
    });
    request.send(file);
  });
}

// The original as it came, as a file to keep: never shown by us.
export async function fetchOriginal(document_) {
  const {path: place} = await post(`documents/${document_}/ticket`, {});
  const link = document.createElement("a");
  link.href = place;
  link.download = "";
  link.click();
}

// A paper of the case, as a file to keep.
export async function fetchPaper(path, name) {
  const response = await ask(path);
  if (!response.ok) await answer(response);
  const place = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = place;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(place), 60000);
}

async function hear(response, told) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const {done, value} = await reader.read();
    if (done) return;
    rest += value;
    const events = rest.split("\n\n");
    rest = events.pop();
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event);
      if (data) told(JSON.parse(data[1]));
    }
  }
}

// Server-sent events, read by fetch, since EventSource sends no headers. Told
// of each job's numbers; `away` when madai has ended, and when it is back.
export async function listen(told, away) {
  for (let wait = 500;; wait = Math.min(wait * 2, 15000)) {
    try {
      const response = await ask("events");
      if (response.status === 401 || response.status === 403) return away(true);
      if (response.ok) {
        away(false);
        wait = 500;
        await hear(response, told);
      }
    } catch {
      away(true);
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
