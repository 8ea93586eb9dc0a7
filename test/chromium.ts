import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { cacheFolder, onPath } from '../src/support/index.js';
import { temporaryFolder } from './temporary-folder.js';

/** A Chromium: `LATENTCV_CHROMIUM`, that of set-up, or one on `PATH`. */
export const chromium = await findChromium();

async function findChromium(): Promise<string | undefined> {
  const named = process.env.LATENTCV_CHROMIUM ?? join(cacheFolder(), 'chromium', 'chromium');
  if (existsSync(named)) return named;
  for (const name of ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']) {
    const path = await onPath(name);
    if (path !== undefined) return path;
  }
  return undefined;
}

/** A page that is open in Chromium. */
export interface BrowserPage {
  /** The value of an expression in the page; a promise is waited for. */
  evaluate: (expression: string) => Promise<unknown>;
  /** A PNG of a part of the page, in pixels from its top left. */
  picture: (part: { x: number; y: number; width: number; height: number }) => Promise<Buffer>;
  /** Every address that it asked for. */
  requested: string[];
  /** What its console, its scripts and its security policy complained of. */
  problems: string[];
  close: () => Promise<void>;
}

interface Message {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { message: string };
}

/**
 * Opens an address in a Chromium of its own, which is told what to do through a pipe.
 * @param downloads the folder that downloads go to; without one they are refused
 */
export async function openInChromium(address: string, downloads?: string): Promise<BrowserPage> {
  const child = spawn(
    chromium!,
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
      '--window-size=1120,1400',
      '--remote-debugging-pipe',
      `--user-data-dir=${temporaryFolder('chromium')}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stdio[2]!.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-2000)));
  let isOver = false;
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const [requested, problems]: [string[], string[]] = [[], []];
  const waiting = new Map<number, (message: Message) => void>();
  const over = (): Message => ({ error: { message: `Chromium has ended: ${said}` } });
  void closed.then(() => {
    isOver = true;
    waiting.forEach((answer) => answer(over()));
  });
  let [rest, last] = ['', 0];
  (child.stdio[4] as Readable).setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop()!;
    for (const each of messages) take(JSON.parse(each) as Message);
  });
  const take = ({ id, method, params = {}, ...answer }: Message): void => {
    if (id !== undefined) waiting.get(id)?.(answer);
    if (id !== undefined) waiting.delete(id);
    if (method === 'Network.requestWillBeSent') requested.push((params.request as { url: string }).url);
    if (method === 'Log.entryAdded') problems.push((params.entry as { text: string }).text);
    if (method === 'Runtime.consoleAPICalled' && params.type === 'error')
      problems.push(JSON.stringify(params.args));
    if (method === 'Runtime.exceptionThrown') problems.push(JSON.stringify(params.exceptionDetails));
  };
  const send = (method: string, params: object, sessionId?: string): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      if (isOver) return reject(new Error(over().error!.message));
      const id = ++last;
      waiting.set(id, ({ error, result = {} }) =>
        error ? reject(new Error(error.message)) : resolve(result),
      );
      (child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  if (downloads !== undefined)
    await send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const inPage = (method: string, params = {}) => send(method, params, sessionId as string);
  for (const part of ['Network', 'Log', 'Runtime', 'Page']) await inPage(`${part}.enable`);
  await inPage('Page.navigate', { url: address });
  return {
    requested,
    problems,
    evaluate: async (expression) => {
      const answer = await inPage('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (answer.exceptionDetails) throw new Error(JSON.stringify(answer.exceptionDetails));
      return (answer.result as { value?: unknown }).value;
    },
    picture: async (part) => {
      const clip = { ...part, scale: 1 };
      const { data } = await inPage('Page.captureScreenshot', { clip, captureBeyondViewport: true });
      return Buffer.from(data as string, 'base64');
    },
    close: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
