import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../../src/support/index.js';
import { canMount } from '../mounts.js';
import { biases, evenHills, type BiasCase } from './biases.js';
import { startRun } from './command.js';
import { killedRun, prepareRun, type Kill, type KillCase, type Victim } from './kills.js';
import { fullDisk, sameAsUnkilled, stoppedRun, twoInstances } from './other-faults.js';
import type { SystemCase } from './systems.js';
import { withoutStates } from './without-state.js';

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

/** Makes the faults of a system, each with a seed of its own. */
class Faults {
  private readonly seeds: Random;

  constructor(
    private readonly system: SystemCase,
    seed: number,
  ) {
    this.seeds = new Random(seed);
  }

  /** A run with this bias that is killed three times; each victim once where none is named. */
  killed(bias: BiasCase, victim?: Victim, pace?: number): Fault {
    return this.named(bias, `kill -9 of ${victim ?? 'each'}`, async (asked, folder) => {
      const of = victim === undefined ? asked.victims : [victim, victim, victim];
      const { problems, kills } = await killedRun(
        { ...asked, victims: of, pace: pace ?? asked.pace },
        folder,
      );
      return { problems, note: kills.map(killInWords).join('; ') };
    });
  }

  plain(bias: BiasCase, what: string, run: (asked: KillCase, folder: string) => Promise<string[]>): Fault {
    return this.named(bias, what, async (asked, folder) => ({
      problems: await run(asked, folder),
      note: '',
    }));
  }

  named(bias: BiasCase, what: string, run: (asked: KillCase, folder: string) => Promise<FaultResult>): Fault {
    const seed = Math.floor(this.seeds.uniform() * 2 ** 31);
    const asked = { system: this.system, bias, seed, pace, victims: shuffled(seed) };
    return { name: `${this.system.name}, ${bias.name}, ${what}`, seed, run: (folder) => run(asked, folder) };
  }
}

/**
 * The faults for a system. The long form kills each victim three times too, in runs twice as long, and fills the disk at
 * twenty levels.
 */
export function faultsOf(whole: SystemCase, { long, seed }: { long: boolean; seed: number }): Fault[] {
  const system = long ? whole : { ...whole, steps: whole.steps / 2 };
  const faults = new Faults(system, seed);
  const { short, reproducible, grid } = system;
  const kills = biases
    .filter(({ name }) => long || (short?.includes(name) ?? true))
    .flatMap((bias) => [undefined, ...(long ? victims : [])].map((victim) => faults.killed(bias, victim)));
  if (!long && short) return kills;

  const [metad, , , opes] = biases;
  const levels = long ? Array.from({ length: 20 }, (_, i) => (i + 0.5) / 20) : [0.05, 0.5];
  const disk = faults.named(metad, `disk full at ${levels.length} levels`, (asked, folder) =>
    diskLevels(asked, folder, levels),
  );
  return [
    ...kills,
    // a checkpoint is at a hill's step there, at each
    ...(grid > 1 ? [faults.killed(evenHills, undefined, grid)] : []),
    ...(reproducible ? biases.filter(({ exact }) => exact).slice(0, long ? 3 : 1) : []).map((bias) =>
      faults.plain(bias, `the same as without kills (${reproducible!.join(' ')})`, (asked, folder) =>
        sameAsUnkilled(longEnough(asked), folder),
      ),
    ),
    faults.plain(opes, 'SIGHUP, SIGTERM, SIGUSR1', stoppedRun),
    ...(long ? biases.filter(({ exact }) => !exact) : []).map((bias) =>
      faults.named(bias, 'without its states', withoutStates),
    ),
    faults.plain(metad, 'two in one folder', twoInstances),
    canMount ? disk : { ...disk, skip: 'no mounts without privileges' },
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
  const results = levels.map((level, number) => {
    const size = Math.max(4, Math.round(level * kilobytes));
    return { size, ...fullDisk(asked, join(folder, `${number}`), size) };
  });
  const refused = results.filter((result) => result.code !== 0);
  const problems = results.flatMap(({ size, problems }) =>
    problems.map((problem) => `${size} kB: ${problem}`),
  );
  if (refused.length === 0) problems.push('no level was low enough to fill the disk');
  return { problems, note: `${refused.length} of ${results.length} levels were too low` };
}
