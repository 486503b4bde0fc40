/** A request of the journey that was answered with an error, or not at all. */
export class RequestFailed extends Error {
  constructor(request, status, answer) {
    super(`${request} → ${status ?? 'no answer'}`);
    this.request = request;
    this.status = status;
    /** The error answer of the API, `{ code, message, requestId, details? }`, or the text that came instead. */
    this.answer = answer;
    this.code = answer?.code;
    this.requestId = answer?.requestId;
  }
}

/**
 * A small caller for `base`. `http(method, path, { body, query, token, headers })` resolves the parsed JSON (undefined
 * for an empty answer) and throws RequestFailed on anything but 2xx.
 */
export function caller(base) {
  return async function http(method, path, { body, query, token, headers } = {}) {
    const url = new URL(path, base);
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const request = `${method} ${url.href}`;
    let answer;
    try {
      answer = await fetch(url, {
        method,
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(token && { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(15_000),
      });
    } catch (error) {
      throw new RequestFailed(request, undefined, String(error.cause?.message ?? error.message));
    }
    const text = await answer.text();
    const parsed = parse(text);
    if (!answer.ok) throw new RequestFailed(request, answer.status, parsed);
    return parsed;
  };
}

function parse(text) {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Asks `probe` again and again until it gives something; for what happens a moment later (a notice, a job, a push). */
export async function eventually(what, probe, timeoutMs = 20_000) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what} did not happen within ${timeoutMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
