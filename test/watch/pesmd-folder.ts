import { spawn, type ChildProcess } from 'node:child_process';
import { openSync, closeSync, writeFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parsePlumedInput, runFacts } from '../../src/plumed/index.js';
import { findPlumed } from '../../src/programs/index.js';
import { temperatureOf } from '../../src/sampling/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const plumed = await findPlumed();

/** A particle in a double well, biased; natural units. */
const input = `UNITS NATURAL
p: DISTANCE ATOMS=1,2 COMPONENTS
v: CUSTOM ARG=p.x FUNC=3*(x^2-1)^2+0.3*x PERIODIC=NO
pot: BIASVALUE ARG=v
opes: OPES_METAD ARG=p.x PACE=50 BARRIER=4 TEMP=1
PRINT ARG=p.x,opes.bias STRIDE=20 FILE=COLVAR
FLUSH STRIDE=400
`;

export const timestep = 0.005;

export interface PesmdFolder {
  folder: string;
  colvar: string;
  child: ChildProcess;
  ended: Promise<void>;
}

/** A real pesmd that runs in a folder, which has what `latentcv run` writes there, but no lock. */
export function startPesmd(steps: number, folder = temporaryFolder('watched'), seed = 9): PesmdFolder {
  const pesmd = `nstep ${steps}\ntstep ${timestep}\ntemperature 1\nfriction 10\ndimension 1\nperiodic false\nipos 0.5\nidum ${seed}\nplumed plumed.dat\n`;
  writeFileSync(join(folder, 'plumed.dat'), input);
  writeFileSync(join(folder, 'pesmd.in'), pesmd);
  const facts = runFacts(parsePlumedInput(input, undefined, { workingFolder: folder }));
  writeRecord(folder, {
    fingerprint: '0',
    finished: false,
    notes: {
      ...facts,
      units: { ...facts.units, natural: true },
      temperature: temperatureOf(1),
      engine: { name: 'pesmd' },
    },
    length: { steps, timestep },
    starts: [{ began: new Date().toISOString(), host: 'here', pid: process.pid, step: 0 }],
  });
  const stdin = openSync(join(folder, 'pesmd.in'), 'r');
  const child = spawn(plumed.executable, ['--no-mpi', 'pesmd'], {
    cwd: folder,
    env: { ...process.env, ...plumed.env },
    stdio: [stdin, 'ignore', 'inherit'],
  });
  closeSync(stdin);
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`pesmd ended with ${code}`))));
  });
  ended.catch(() => undefined); // of one that a test kills
  return { folder, colvar: join(folder, 'COLVAR'), child, ended };
}

function writeRecord(folder: string, record: object): void {
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record));
}

/** Adds to what the folder remembers of its run. */
export function addToRecord(folder: string, more: object): void {
  const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as object;
  writeRecord(folder, { ...record, ...more });
}

/** Asks again and again, for a minute, until the answer is there. */
export async function until<T>(ask: () => Promise<T | undefined> | T | undefined, what: string): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited a minute for ${what}`);
}

/**
 * Lets runs go on until each has written as many lines more, and no longer: watch stands behind what computes, and what
 * it tells must not wait for processors that the runs of its test have.
 */
export async function moreLines(runs: readonly PesmdFolder[], count: number): Promise<void> {
  const before = runs.map(({ colvar }) => lines(colvar));
  for (const { child } of runs) child.kill('SIGCONT');
  const written = () => runs.every(({ colvar }, i) => lines(colvar) >= before[i] + count) || undefined;
  await until(written, `${count} more lines of each`);
  for (const { child } of runs) child.kill('SIGSTOP');
}

function lines(path: string): number {
  const there = statSync(path, { throwIfNoEntry: false });
  return there ? readFileSync(path, 'latin1').split('\n').length : 0;
}
