// Two rounds on alanine dipeptide, by the commands that a user types: a CV of hot frames, a run biased along it, a CV of the hot
// frames and the biased ones, a run along that: how often each run crosses.
// usage: node dist/bench/rounds/main.js [--quick] [--json] [--record] [--length NS] [--seeds N]
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findGromacs } from '../../src/programs/index.js';
import { prepareAlanine } from '../../src/quickstart/systems/alanine-dipeptide.js';
import { cacheFolder } from '../../src/support/folders.js';
import { latentcv } from '../latentcv.js';
import { commonOptions, runBench, type BenchResult, type Printing } from '../run-bench.js';
import { table } from '../table.js';

interface Options extends Printing {
  /** Of a biased run, ns. */
  length: number;
  seeds: number;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: { ...commonOptions, length: { type: 'string' }, seeds: { type: 'string' } },
  });
  const { quick, json, record, length = quick ? '0.2' : '2', seeds = quick ? '1' : '4' } = values;
  return { json, record, length: Number(length), seeds: Number(seeds) };
}

/** What one round of one seed came to. */
interface Round {
  seed: number;
  round: number;
  transitions: number;
  deltaF: number | null;
  error: number | null;
}

/** One frame in 0.5 ps, as rows of COLVAR. */
const framesEvery = 250;

const torsions = 'phi: TORSION ATOMS=5,7,9,15\npsi: TORSION ATOMS=7,9,15,17\n';

class Rounds {
  constructor(
    private readonly folder: string,
    private readonly length: number,
    private readonly gromacs: string,
  ) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'torsions.dat'), torsions);
    writeFileSync(
      join(folder, 'hot.dat'),
      `${torsions}PRINT ARG=phi,psi FILE=COLVAR STRIDE=${framesEvery}\n`,
    );
  }

  /** Two unbiased runs of 5 ns at 600 K. */
  async hot(): Promise<string> {
    const tprs: string[] = [];
    for (const seed of [1, 2]) tprs.push(await this.prepared(`hot-${seed}-system`, 600, 5, seed));
    latentcv(['run', '--tpr', ...tprs, '--plumed', 'hot.dat', '--folder', 'hot'], this.folder);
    return 'hot';
  }

  /** A CV of these runs, and a run biased along it. */
  async round(round: number, seed: number, runs: readonly string[]): Promise<Round> {
    const name = `round-${round}-seed-${seed}`;
    const model = `${name}.onnx`;
    const input = `${name}.dat`;
    const tpr = await this.prepared(`${name}-system`, 300, this.length, 100 * round + seed);
    if (!existsSync(join(this.folder, model)))
      latentcv(['train', ...runs, '--seed', String(seed), '-o', model], this.folder);
    if (!existsSync(join(this.folder, input)))
      latentcv(
        [
          ...['plumed', 'torsions.dat', '--model', model, '--bias', 'opes', '--temperature', '300'],
          ...['--components', 'node-0', '--also', 'phi,psi', '--stride', String(framesEvery), '-o', input],
        ],
        this.folder,
      );
    latentcv(['run', '--tpr', tpr, '--plumed', input, '--folder', name], this.folder);
    const told = latentcv(
      [
        ...['fes', name, '--cv', 'phi', '--basin', 'phi=0..2.3'],
        ...['--cores', 'phi=-2.8..-0.6,0.5..1.7', '--json', '-o', `${name}.fes`],
      ],
      this.folder,
      [0, 4],
    );
    const { deltaF, transitions } = JSON.parse(told) as {
      deltaF: { value: number | null; error: number | null };
      transitions: { all: number };
    };
    return { seed, round, transitions: transitions.all, deltaF: deltaF.value, error: deltaF.error };
  }

  private async prepared(
    name: string,
    temperature: number,
    nanoseconds: number,
    seed: number,
  ): Promise<string> {
    const folder = join(this.folder, name);
    const tpr = join(folder, 'topol.tpr');
    const { gromacs } = this;
    if (!existsSync(tpr))
      await prepareAlanine({ gromacs, folder, temperature, nanoseconds, seed, framesEvery, keepTrans: true });
    return tpr;
  }
}

async function bench({ length, seeds }: Options): Promise<BenchResult> {
  const gromacs = await findGromacs();
  const rounds = new Rounds(join(cacheFolder(), 'bench-rounds', `${length}-ns`), length, gromacs.executable);
  const hot = await rounds.hot();
  const rows: Round[] = [];
  for (let seed = 1; seed <= seeds; seed++)
    for (const round of [1, 2]) {
      console.error(`seed ${seed}, round ${round}`);
      const runs = round === 1 ? [hot] : [hot, `round-1-seed-${seed}`];
      rows.push(await rounds.round(round, seed, runs));
    }
  const cell = ({ transitions, deltaF, error }: Round): string =>
    `${transitions}; ${deltaF === null || error === null ? 'not determined' : `${deltaF.toFixed(2)} ± ${error.toFixed(2)}`}`;
  const lines = Array.from({ length: seeds }, (_, i) => [
    String(i + 1),
    ...rows.filter(({ seed }) => seed === i + 1).map(cell),
  ]);
  const head = ['seed', `round 1: transitions in ${length} ns; ΔF, kJ/mol`, 'round 2'];
  return { title: 'bench:rounds', tables: table([head, ...lines]), rows };
}

await runBench(readOptions, bench);
