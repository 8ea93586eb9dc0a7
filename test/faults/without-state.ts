import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../src/support/index.js';
import { startRun } from './command.js';
import {
  biasAt,
  copyLive,
  fileProblems,
  lastLines,
  prepareRun,
  reaches,
  startsIn,
  type KillCase,
} from './kills.js';

/** How often the states are taken away in one run. */
const stops = 3;

/**
 * A run of OPES that is stopped some times and loses all its states each time: it goes on from its kernels, says so, and its bias
 * at the checkpoint is compared with the one that drove it.
 */
export async function withoutStates(
  asked: KillCase,
  folder: string,
): Promise<{ problems: string[]; note: string }> {
  const run = prepareRun(asked, folder);
  const random = new Random(asked.seed);
  const problems: string[] = [];
  const differences: number[] = [];
  for (let number = 0; number < stops; number++) {
    const started = startRun(run.words, run.log);
    // behind the first kernels
    await reaches(run.colvar, (run.length * (number + 0.5 + random.uniform() / 2)) / (stops + 1), started);
    await pause(100);
    started.child.kill('SIGTERM');
    await started.ended;
    if (number > 0) differences.push(differenceOf(asked, folder, number - 1, run.folder));
    const dead = join(folder, `dead-${number}`);
    mkdirSync(dead);
    copyLive(run.folder, dead);
    const states = readdirSync(run.folder).filter((name) => /STATE|^kept-states$/.test(name));
    if (states.length === 0) problems.push('there were no states to lose');
    for (const name of states) rmSync(join(run.folder, name), { recursive: true });
  }
  const code = await startRun(run.words, run.log).ended;
  if (code !== 0) problems.push(`the last start ended with ${code}: ${lastLines(run.log)}`);
  differences.push(differenceOf(asked, folder, stops - 1, run.folder));
  const told = readFileSync(run.log, 'utf8').match(/no state of OPES_\w+ fits the checkpoint/g) ?? [];
  if (told.length !== stops) problems.push(`${told.length} of ${stops} starts said that no state fits`);
  if (differences.some(Number.isNaN)) problems.push('a restart has no row at its time to compare');
  const note = `bias off by ${differences.map((each) => each.toPrecision(2)).join(', ')} kJ/mol`;
  return { problems: [...problems, ...fileProblems(asked, run.folder)], note };
}

/** Of the bias at the time of the start behind a stop; NaN where one of them has no row there. */
function differenceOf({ system }: KillCase, folder: string, number: number, next: string): number {
  const { step } = startsIn(next)[number + 1] ?? { step: NaN };
  const time = step * system.timestep;
  const [before, after] = [join(folder, `dead-${number}`), next].map((each) => biasAt(each, time) ?? NaN);
  return Math.abs(before - after);
}
