import { LatentcvError, type ProcessEnd, cacheFolder } from '../support/index.js';

/** A part that this machine cannot have at all: there is none for its processor, or it has no apt. */
export class NotAvailable extends LatentcvError {
  constructor(reason: string) {
    super('missing-tool', reason);
  }
}

/** The exit code by which a script of `scripts/fetch` says that. */
const notAvailable = 3;

interface Reason {
  signs: RegExp;
  message: string;
  hint: () => string;
}

const again = 'then run this again: finished parts are kept';

const reasons: readonly Reason[] = [
  {
    signs: /DO NOT MATCH THE HASHES/,
    message: 'the registry sent another file than the one whose hash latentcv knows; it was not used',
    hint: () =>
      'pip config list shows which registry is asked: a mirror that changes packages cannot be taken',
  },
  {
    signs: /No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/,
    message: 'the disk is full',
    hint: () =>
      `make room (df -h ${cacheFolder()} ${process.env.TMPDIR ?? '/tmp'}) or set LATENTCV_CACHE to a folder on another disk, ${again}`,
  },
  {
    signs:
      /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|Could not resolve|Temporary failure|ConnectionError|ConnectTimeout|ProxyError|SSLError|Failed to fetch|Could not connect|No matching distribution|Read timed out/,
    message: 'a download failed',
    hint: () => `look at the network and the package registries (pip config list), ${again}`,
  },
];

/** What a command printed before it failed, in a sentence and what to do. */
export function failureOf(output: string, end: ProcessEnd, log: string): LatentcvError {
  const lines = output.trim().split('\n');
  const [last] = lines.slice(-1);
  if (end === notAvailable) return new NotAvailable(last);
  const reason = reasons.find(({ signs }) => signs.test(output));
  if (!reason) {
    const tail = lines.slice(-25).map((line) => `    ${line}`);
    return new LatentcvError('tool-failed', `exit code ${end} (whole log: ${log}):\n${tail.join('\n')}`);
  }
  const said = lines.findLast((line) => reason.signs.test(line)) ?? last;
  return new LatentcvError(
    'tool-failed',
    `${reason.message} (${said.trim().slice(0, 200)}; whole log: ${log})`,
    reason.hint(),
  );
}
