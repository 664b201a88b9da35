/** The demo server: JSON requests, and the stream that says what changed. */

/** A refusal or a silence of the server; `status` is 0 when nothing answered. */
export class ApiError extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    throw new ApiError(0, String(error));
  }
  if (!response.ok) throw new ApiError(response.status, await response.text());
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

export const get = (path) => ask(path, { headers: { accept: "application/json" } });

export const post = (path, body = {}) =>
  ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

export function upload(path, file, name) {
  const form = new FormData();
  form.append("file", file, name);
  return ask(path, { method: "POST", body: form });
}

/** Milliseconds before a closed stream is opened again: a restart of the demo takes about this long. */
const AGAIN = 1500;

/** Listen for ever. `handlers`: phone, clock, popup (each given its data), open, lost. */
export function listen(handlers) {
  const stream = new EventSource("/demo/events");
  for (const name of ["phone", "clock", "popup"]) {
    stream.addEventListener(name, (event) => handlers[name](JSON.parse(event.data)));
  }
  stream.addEventListener("open", handlers.open);
  stream.addEventListener("error", () => {
    handlers.lost();
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => listen(handlers), AGAIN);
  });
}
