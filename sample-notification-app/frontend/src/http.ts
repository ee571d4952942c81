/** Requests to the application. They carry the cookie of the session and, where something changes, the CSRF token. */

export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export async function get<T>(path: string): Promise<T> {
  return (await send(path, {})).json() as Promise<T>;
}

export async function postJson(path: string, body: unknown): Promise<void> {
  await send(path, {
    method: 'POST',
    headers: { ...csrfHeader(), 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Returns where the server says to go on, if it does. */
export async function postForm(path: string, form?: HTMLFormElement): Promise<string | null> {
  const body = new URLSearchParams();
  if (form !== undefined) new FormData(form).forEach((value, name) => body.append(name, String(value)));
  return (await send(path, { method: 'POST', headers: csrfHeader(), body })).headers.get('Location');
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(new URL(path, document.baseURI), init);
  if (!response.ok) throw new HttpError(response.status, await readableProblem(response));
  return response;
}

/** Spring Security keeps the token in a cookie, and wants to see it in a header that other sites cannot send. */
function csrfHeader(): Record<string, string> {
  const token = /(?:^|; )XSRF-TOKEN=([^;]*)/.exec(document.cookie)?.[1];
  return token === undefined ? {} : { 'X-XSRF-TOKEN': decodeURIComponent(token) };
}

async function readableProblem(response: Response): Promise<string> {
  const problem: unknown = await response.json().catch(() => null);
  const detail = (problem as { detail?: unknown } | null)?.detail;
  return typeof detail === 'string' ? detail : `The server answered with HTTP status ${response.status}.`;
}
