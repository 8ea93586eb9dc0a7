import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../../src/support/index.js';
import { canMount } from '../mounts.js';
import { biases, evenHills, type BiasCase } from './biases.js';
import { startRun } from './command.js';
import { killedRun, prepareRun, type Kill, type KillCase, type Victim } from './kills.js';
import { fullDisk, sameAsUnkilled, stoppedRun, twoInstances } from './other-faults.js';
import type { SystemCase } from './systems.js';

export interface FaultResult {
  /** What is wrong; empty where all is right. */
  problems: readonly string[];
  /** What was measured, in words. */
  note: string;
}

/** One line of the table: a fault, and what it does to a run. */
export interface Fault {
  name: string;
  seed: number;
  /** Why it cannot be tried here. */
  skip?: string;
  run: (folder: string) => Promise<FaultResult>;
}

/** Steps between kernels: with steps of the grid, common multiples are rare. */
const pace = 203;

const victims: readonly Victim[] = ['engine', 'latentcv', 'both'];

/** All faults for a system; in the long form each victim by itself too, and the full disk at twenty levels. */
export function faultsOf(system: SystemCase, { long, seed }: { long: boolean; seed: number }): Fault[] {
  const seeds = new Random(seed);
  const next = (): number => Math.floor(seeds.uniform() * 2 ** 31);
  const named = (
    name: string,
    run: (folder: string, asked: (bias: BiasCase) => KillCase) => Promise<FaultResult>,
  ): Fault => {
    const own = next();
    const asked = (bias: BiasCase): KillCase => ({ system, bias, seed: own, pace, victims: shuffled(own) });
    return { name: `${system.name}, ${name}`, seed: own, run: (folder) => run(folder, asked) };
  };
  const killed = (bias: BiasCase, who: string, of?: readonly Victim[]): Fault =>
    named(`${bias.name}, kill -9 of ${who}`, async (folder, asked) => {
      const one = { ...asked(bias), ...(of && { victims: of }) };
      const { problems, kills } = await killedRun(one, folder);
      return { problems, note: kills.map(killInWords).join('; ') };
    });
  const plain = (
    name: string,
    bias: BiasCase,
    run: (asked: KillCase, folder: string) => Promise<string[]>,
  ): Fault =>
    named(`${bias.name}, ${name}`, async (folder, asked) => ({
      problems: await run(asked(bias), folder),
      note: '',
    }));
  const levels = long ? Array.from({ length: 20 }, (_, i) => (i + 0.5) / 20) : [0.05, 0.5];

  return [
    ...biases.map((bias) => killed(bias, 'each')),
    ...(long
      ? biases.flatMap((bias) =>
          victims.map((victim) =>
            killed(bias, victim === 'both' ? 'both, three times' : `${victim}, three times`, [
              victim,
              victim,
              victim,
            ]),
          ),
        )
      : []),
    named(`${evenHills.name}, kill -9 of each`, async (folder, asked) => {
      const { problems, kills } = await killedRun({ ...asked(evenHills), pace: system.grid }, folder);
      return { problems, note: kills.map(killInWords).join('; ') };
    }),
    ...(system.reproducible ? (long ? biases.slice(0, 3) : biases.slice(0, 1)) : []).map((bias) =>
      plain(`the same as without kills (${system.reproducible!.join(' ')})`, bias, (asked, folder) =>
        sameAsUnkilled(longEnough(asked), folder),
      ),
    ),
    plain('SIGHUP, SIGTERM, SIGUSR1', biases[3], stoppedRun),
    plain('two in one folder', biases[0], twoInstances),
    {
      ...named(`${biases[0].name}, disk full at ${levels.length} levels`, (folder, asked) =>
        diskLevels(asked(biases[0]), folder, levels),
      ),
      ...(canMount ? {} : { skip: 'no mounts without privileges' }),
    },
  ];
}

/** 50 ps. */
const longEnough = (asked: KillCase): KillCase => ({
  ...asked,
  system: { ...asked.system, steps: Math.round(50 / asked.system.timestep) },
});

function shuffled(seed: number): Victim[] {
  const order = Int32Array.from(victims.keys());
  new Random(seed).shuffle(order);
  return [...order].map((at) => victims[at]);
}

const killInWords = ({ victim, time, restart, state, difference }: Kill): string => {
  const at = `${victim} at ${time.toFixed(1)}`;
  if (restart === undefined) return at;
  const from = `, on from ${restart.toFixed(1)}${state ? ' by STATE' : ''}`;
  return at + from + (difference === undefined ? '' : `, bias off by ${difference.toPrecision(2)}`);
};

/** The disk full at shares of what a whole run takes. */
async function diskLevels(asked: KillCase, folder: string, levels: readonly number[]): Promise<FaultResult> {
  const whole = prepareRun(asked, join(folder, 'whole'));
  const code = await startRun(whole.words, whole.log).ended;
  if (code !== 0) return { problems: [`the run with room ended with ${code}`], note: '' };
  const sizes = readdirSync(whole.folder).map(
    (name) => 4096 * Math.ceil(statSync(join(whole.folder, name)).size / 4096),
  );
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1024;
  const results = levels.map((level) => {
    const size = Math.max(4, Math.round(level * kilobytes));
    return { size, ...fullDisk(asked, join(folder, `${size}`), size) };
  });
  const refused = results.filter((result) => result.code !== 0);
  const problems = results.flatMap(({ size, problems }) =>
    problems.map((problem) => `${size} kB: ${problem}`),
  );
  if (refused.length === 0) problems.push('no level was low enough to fill the disk');
  return { problems, note: `${refused.length} of ${results.length} levels were too low` };
}
