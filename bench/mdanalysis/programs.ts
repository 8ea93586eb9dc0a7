import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { LatentcvError } from '../../src/support/errors.js';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';
import type { Case } from './cases.js';
import type { Contents, Reference, Refusal, Request } from './protocol.js';

/** Frames of a case that are compared. */
export const mostFrames = 60;

const patience = 120_000;

/** Where the files of MDAnalysisTests are. */
export const filesFolder = (): string => join(cacheFolder(), 'mdanalysis-files');

/** What MDAnalysis reads of the cases, in their order. Throws LatentcvError `missing-tool` where it does not start. */
export async function* referencesOf(cases: readonly Case[]): AsyncGenerator<Reference | Refusal> {
  const python = join(cacheFolder(), 'python-trajectories', 'bin', 'python');
  const script = join(packageRoot(), 'bench', 'mdanalysis', 'mdanalysis_frames.py');
  const child = spawn(python, [script, filesFolder(), String(mostFrames)], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const failed = once(child, 'error').then(([error]) => {
    throw new LatentcvError('missing-tool', `cannot start ${python}: ${(error as Error).message}`);
  });
  failed.catch(() => undefined);
  child.stdin.on('error', () => undefined);
  child.stdin.end(cases.map((files) => `${JSON.stringify(files)}\n`).join(''));
  let answers = 0;
  for await (const line of createInterface(child.stdout)) {
    answers++;
    yield JSON.parse(line) as Reference | Refusal;
  }
  if (child.pid === undefined) await failed;
  if (answers < cases.length)
    throw new LatentcvError(
      'missing-tool',
      `expected ${cases.length} answers of MDAnalysis but received ${answers}`,
    );
}

/** latentcv in a process of its own, which begins anew after a crash. */
export class OurReader {
  private child: ChildProcessByStdio<Writable, Readable, null> | undefined;
  private lines: AsyncIterator<string> | undefined;

  /** What it reads of a case; a crash, or a hang, is a refusal. */
  async read(request: Request): Promise<Contents | Refusal> {
    const child = (this.child ??= this.start());
    child.stdin.write(`${JSON.stringify(request)}\n`);
    let late = false;
    const timer = setTimeout(() => (late = child.kill('SIGKILL')), patience);
    const line = await this.lines!.next();
    clearTimeout(timer);
    if (!line.done) return JSON.parse(line.value) as Contents | Refusal;
    this.child = undefined;
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    const how = late
      ? `it hangs (${patience / 1000} s)`
      : (child.signalCode ?? `exit code ${child.exitCode}`);
    return { refused: how, crash: true };
  }

  close(): void {
    this.child?.stdin.end();
  }

  private start(): ChildProcessByStdio<Writable, Readable, null> {
    const script = join(packageRoot(), 'dist', 'bench', 'mdanalysis', 'read-case.js');
    const words = [script, filesFolder(), String(mostFrames)];
    const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin.on('error', () => undefined);
    this.lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    return child;
  }
}
