import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../src/support/index.js';
import { enginesIn, main, signalTo, startRun } from './command.js';
import { largestDifference } from './folder-checks.js';
import { fileProblems, killedRun, lastLines, prepareRun, reaches, startsIn, type KillCase } from './kills.js';
import { lastTime, readPlumedTable } from './tables.js';

export const stopSignals = ['SIGHUP', 'SIGTERM', 'SIGUSR1'] as const;

/** Exit code of a run that stopped at a checkpoint. */
const stopped = 130;

/** A run that is asked to stop by a signal, once for each; each time it ends where it is, and goes on from there. */
export async function stoppedRun(asked: KillCase, folder: string): Promise<string[]> {
  const run = prepareRun(asked, folder);
  const random = new Random(asked.seed);
  const problems: string[] = [];
  const reached: number[] = [];
  for (const [number, signal] of stopSignals.entries()) {
    const started = startRun(run.words, run.log);
    // behind the first kernel: before it OPES measures its width anew at each start
    await reaches(
      run.colvar,
      (run.length * (number + 0.5 + random.uniform() / 2)) / (stopSignals.length + 1),
      started,
    );
    await pause(100);
    started.child.kill(signal);
    const code = await started.ended;
    if (code !== stopped) problems.push(`${signal}: it ended with ${code}: ${lastLines(run.log)}`);
    reached.push(lastTime(run.colvar));
  }
  const code = await startRun(run.words, run.log).ended;
  if (code !== 0) problems.push(`the last start ended with ${code}: ${lastLines(run.log)}`);
  const { timestep, grid } = asked.system;
  const goesOn = startsIn(run.folder).map(({ step }) => step * timestep);
  for (const [number, signal] of stopSignals.entries()) {
    const lost = reached[number] - goesOn[number + 1];
    // nothing is computed twice but what is less than a step of the grid
    if (!(Math.abs(lost) < grid * timestep * 1.001))
      problems.push(
        `${signal}: COLVAR went to ${reached[number]} and the run goes on at ${goesOn[number + 1]}`,
      );
  }
  return [...problems, ...fileProblems(asked, run.folder)];
}

/**
 * A second start in a folder at work is refused, and the first comes to its end. The first one's engine stands still while the
 * second starts, so that it cannot end before.
 */
export async function twoInstances(asked: KillCase, folder: string): Promise<string[]> {
  const run = prepareRun(asked, folder);
  const first = startRun(run.words, run.log);
  await reaches(run.colvar, run.length / 50, first);
  const log = join(folder, 'second.log');
  const engines = enginesIn(run.folder);
  for (const pid of engines) signalTo(pid, 'SIGSTOP');
  const code = await startRun(run.words, log).ended;
  for (const pid of engines) signalTo(pid, 'SIGCONT');
  const said = readFileSync(log, 'utf8');
  const problems = engines.length === 0 ? ['the first had ended before the second began'] : [];
  if (code !== 1 || !said.includes(`by process ${first.child.pid} on `))
    problems.push(`the second ended with ${code}: ${said}`);
  const firstCode = await first.ended;
  if (firstCode !== 0) problems.push(`the first ended with ${firstCode}: ${lastLines(run.log)}`);
  return [...problems, ...fileProblems(asked, run.folder)];
}

/** Hills that are read back are added up in another order, which their last digits show. */
const lastDigits = 1e-12;

/** A run with kills whose engine gives the same numbers each time, beside one without: the same tables. */
export async function sameAsUnkilled(asked: KillCase, folder: string): Promise<string[]> {
  const { reproducible = [] } = asked.system;
  const whole = prepareRun(asked, join(folder, 'whole'), ['--', ...reproducible]);
  const code = await startRun(whole.words, whole.log).ended;
  if (code !== 0) return [`the run without kills ended with ${code}: ${lastLines(whole.log)}`];
  const killed = join(folder, 'killed');
  const { problems } = await killedRun(asked, killed, ['--', ...reproducible]);
  for (const name of ['COLVAR', ...asked.bias.kernels]) {
    const path = join(whole.folder, name);
    const numbers = readPlumedTable(path).fields.filter((field) => field !== 'multivariate');
    const difference = largestDifference(path, join(killed, 'run', name), numbers);
    if (difference > (name === 'COLVAR' ? 0 : lastDigits))
      problems.push(`${name} differs by ${difference} from that of a run without kills`);
  }
  return problems;
}

export interface FullDisk {
  problems: string[];
  /** Exit code on the full disk; 0 where the run had room enough. */
  code: number;
  /** What it said last. */
  said: string;
}

/**
 * A run on a file system of so many kB, which gets room afterwards: what it says when that is full, and whether the same
 * command then comes to what a run with room comes to. Needs mounts of one's own (`canMount`).
 */
export function fullDisk(asked: KillCase, folder: string, kilobytes: number): FullDisk {
  const disk = join(folder, 'disk');
  mkdirSync(disk, { recursive: true });
  const run = prepareRun(asked, folder);
  const words = run.words.map((word) => (word === run.folder ? join(disk, 'run') : word));
  const script = [
    `mount -t tmpfs -o size=${kilobytes}k none '${disk}'`,
    `'${process.execPath}' '${main}' run "$@" > '${folder}/full.log' 2>&1; echo $? > '${folder}/full.code'`,
    `mount -o remount,size=1g '${disk}'`,
    `'${process.execPath}' '${main}' run "$@" > '${folder}/room.log' 2>&1; echo $? > '${folder}/room.code'`,
    `cp -r '${disk}/run' '${run.folder}'`,
  ];
  const { stderr } = spawnSync('unshare', ['-rm', 'bash', '-c', script.join('\n'), 'bash', ...words], {
    encoding: 'utf8',
    env: { ...process.env, DEBUG: '' },
  });
  writeFileSync(join(folder, 'script.log'), stderr);
  const [code, after] = ['full', 'room'].map((name) =>
    Number(readFileSync(join(folder, `${name}.code`), 'utf8')),
  );
  const said = lastLines(join(folder, 'full.log'));
  const problems: string[] = [];
  if (code !== 0 && (code !== 1 || !said.includes(disk)))
    problems.push(`on ${kilobytes} kB it ended with ${code} and names no file: ${said}`);
  if (after !== 0) problems.push(`with room it ended with ${after}: ${lastLines(join(folder, 'room.log'))}`);
  return { problems: [...problems, ...fileProblems(asked, run.folder)], code, said };
}
