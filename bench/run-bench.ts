import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodes } from '../src/cli/exit-codes.js';
import { describeError, exitCodeFor } from '../src/cli/failure.js';
import { LatentcvError } from '../src/support/errors.js';
import { machine } from './machine.js';
import { record } from './record.js';

/** What a run of a bench came to: for people, and for a script. */
export interface BenchResult {
  /** `bench:step` */
  title: string;
  tables: string;
  /** What `--json` prints. */
  rows: readonly unknown[];
}

/** The options that every bench has. */
export interface Printing {
  json: boolean;
  record: boolean;
}

/** The same for `parseArgs`; `--quick` has no meaning of its own here. */
export const commonOptions = {
  quick: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  record: { type: 'boolean', default: false },
} as const;

/**
 * Runs a bench and prints its tables, or its rows as JSON, with the machine and how busy it was before; `--record` keeps
 * the tables. What goes wrong is told as the command line tells it, with its exit codes.
 */
export async function runBench<Options extends Printing>(
  readOptions: () => Options,
  bench: (options: Options) => Promise<BenchResult>,
): Promise<void> {
  try {
    const options = readOptions();
    const where = machine();
    const { title, tables, rows } = await bench(options);
    console.log(options.json ? JSON.stringify(rows, null, 1) : `${where}\n\n${tables}`);
    if (options.record) console.error(`appended to ${await record(title, where, tables)}`);
  } catch (thrown) {
    const error = isUsage(thrown) ? new LatentcvError('bad-argument', thrown.message) : thrown;
    console.error(describeError(error, !(error instanceof LatentcvError)));
    process.exitCode = exitCodeFor(error);
  }
}

/** What `parseArgs` throws for options that it does not know. */
function isUsage(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** Runs `body` in a folder that goes when it is done or interrupted. */
export async function inTemporaryFolder<T>(name: string, body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), `latentcv-${name}-`));
  const stop = (): void => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(exitCodes.interrupted);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await body(folder);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await rm(folder, { recursive: true, force: true });
  }
}
