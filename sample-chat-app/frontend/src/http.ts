import {
  DefaultHttpClient,
  HttpClient,
  HttpError,
  NullLogger,
  type HttpRequest,
  type HttpResponse,
} from '@microsoft/signalr';
import { readableBody } from './errors';
import type { TransportName } from './types';

/** The server looked at the request and said no: trying the same again will not help. */
const REFUSALS: readonly number[] = [400, 401, 403];

/**
 * The client's HTTP traffic, watched. The library does not tell which transport it has settled on, its transport classes
 * are private and minified, and the wording of its log messages is nobody's promise. But `httpClient` is a public option,
 * and the requests of a connection are laid down by the protocol: after `negotiate`,
 * long polling receives by GET, server-sent events send by POST (the handshake first of all, and receive through the
 * browser's EventSource, not through here), and a WebSocket makes no HTTP request at all. A fallback to another transport
 * negotiates anew, so what has been seen since the last `negotiate` belongs to the transport in use.
 * By the time the connection counts as started, its handshake has been sent: the answer is complete by then.
 */
export class WatchedHttpClient extends HttpClient {
  readonly #client = new DefaultHttpClient(NullLogger.instance);
  #polled = false;
  #posted = false;
  #refusal: string | null = null;

  /** The transport of the connection; to be asked once it has started. */
  get transport(): TransportName {
    if (this.#polled) return 'LongPolling';
    return this.#posted ? 'ServerSentEvents' : 'WebSockets';
  }

  /** The server's own words if it has refused the last negotiation for good. */
  get refusal(): string | null {
    return this.#refusal;
  }

  override async send(request: HttpRequest): Promise<HttpResponse> {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    if (path.endsWith('/negotiate')) return this.#negotiate(request);
    if (request.method === 'GET') this.#polled = true;
    if (request.method === 'POST') this.#posted = true;
    return this.#client.send(request);
  }

  override getCookieString(url: string): string {
    return this.#client.getCookieString(url);
  }

  async #negotiate(request: HttpRequest): Promise<HttpResponse> {
    this.#polled = false;
    this.#posted = false;
    this.#refusal = null;
    try {
      return await this.#client.send(request);
    } catch (error) {
      if (error instanceof HttpError && REFUSALS.includes(error.statusCode)) {
        this.#refusal = readableBody(error.message, error.statusCode);
      }
      throw error;
    }
  }
}
