/** Turns what the client library reports into a sentence for people. */

/** The text behind `HubException:` is meant for the user; what stands before it is not. */
const HUB_EXCEPTION = /\bHubException: ([\s\S]+)$/;

/** The library appends the status to the body of a failed HTTP request. */
const HTTP_STATUS = /: Status code '(\d{3})'\s*$/;

export function readableError(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const hubException = HUB_EXCEPTION.exec(text)?.[1];
  if (hubException !== undefined) return hubException.trim();
  if (/'Connected' State|underlying connection being closed|connection is not in the/i.test(text)) {
    return 'The connection was lost before the server answered.';
  }
  if (/^(Error: )?WebSocket closed with status code|Attempting to reconnect due to a unknown error/.test(text)) {
    return 'The connection broke off.';
  }
  if (/Failed to fetch|NetworkError|Load failed/i.test(text)) return 'The server cannot be reached.';
  if (/Server timeout elapsed/.test(text)) return 'The server has not been heard of for a while.';
  if (/Unable to connect to the server with any of the available transports/.test(text)) {
    return 'The server does not offer the chosen transport, or something on the way blocks it.';
  }
  const status = HTTP_STATUS.exec(text)?.[1];
  if (status !== undefined) return `The server answered with HTTP status ${status}.`;
  return text.replace(/^(\w*Error: )+/, '') || 'Something went wrong.';
}

/** The body of a refused negotiation: plain text, or the JSON of a Spring error response. */
export function readableBody(body: string, status: number): string {
  const text = body.replace(HTTP_STATUS, '').trim();
  if (text.startsWith('{')) {
    try {
      const problem = JSON.parse(text) as Record<string, unknown>;
      const words = problem['detail'] ?? problem['message'] ?? problem['error'];
      if (typeof words === 'string' && words !== '') return words;
    } catch {
      // Not JSON after all: shown as it is.
    }
  }
  return text === '' || text.startsWith('<') ? `The server refused the connection (HTTP status ${status}).` : text;
}
