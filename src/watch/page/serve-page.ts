import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isSystemError, LatentcvError } from '../../support/index.js';
import { pageText, type Page, type PageContent } from './page-text.js';

export interface ServedPage {
  /** Where it is, with the word that others on this machine do not know. */
  url: string;
  close: () => Promise<void>;
}

export interface ServeOptions {
  /** Default: one that is free. */
  port?: number;
  /** ms from one question of the page to the next. */
  every: number;
  /** What is to be shown now; asked whenever a page asks. */
  content: () => Promise<PageContent>;
}

/** Names by which a browser on this machine, or behind a tunnel of ssh, asks for it. */
const ownNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Serves a page on 127.0.0.1 alone. Its path holds a random word, as other users of the machine can ask too; a question under
 * another host's name is refused, so that no page from elsewhere can ask through a browser (DNS rebinding).
 * @throws LatentcvError `bad-argument` where the port is taken, or may not be
 */
export async function servePage({ port = 0, every, content }: ServeOptions): Promise<ServedPage> {
  const word = randomBytes(8).toString('hex');
  const server = createServer((request, response) => {
    answer(request, response, { word, every, content }).catch((error: unknown) => {
      send(
        response,
        500,
        'text/plain; charset=utf-8',
        error instanceof Error ? error.message : String(error),
      );
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portProblem(error, port)));
    server.listen({ port, host: '127.0.0.1' }, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}/${word}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Answering = Omit<ServeOptions, 'port'> & { word: string };

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { word, every, content }: Answering,
): Promise<void> {
  const text = 'text/plain; charset=utf-8';
  const host = (request.headers.host ?? '').replace(/:\d*$/, '');
  if (!ownNames.has(host.toLowerCase())) return send(response, 403, text, 'asked under another name\n');
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, text, 'GET alone\n');
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (pathname !== `/${word}/` && pathname !== `/${word}/look`)
    return send(response, 404, text, 'not here\n');
  const { title, html } = await content();
  const page: Page = {
    title,
    html,
    every,
    stamp: createHash('sha256').update(html).digest('hex').slice(0, 16),
  };
  if (pathname === `/${word}/`) {
    const nonce = randomBytes(16).toString('base64');
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    return send(response, 200, 'text/html; charset=utf-8', pageText(page, nonce));
  }
  if (searchParams.get('seen') === page.stamp) return send(response, 204, text, '');
  send(response, 200, 'application/json', JSON.stringify({ title, html, stamp: page.stamp }));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

function portProblem(error: Error, port: number): Error {
  const code = isSystemError(error) ? error.code : '';
  const reason =
    code === 'EADDRINUSE'
      ? 'another program has it'
      : code === 'EACCES'
        ? 'it is reserved for root'
        : undefined;
  if (reason === undefined) return error;
  return new LatentcvError(
    'bad-argument',
    `expected a free port for ‘port’ but received ${port}: ${reason}`,
    'leave it out: a free one is found',
  );
}
