// The committor of alanine dipeptide by the commands that a user types, held to shots: frames of q near ½ (and ¼, ¾), each with fresh
// velocities many times, and how many of them reach C7ax before C7eq.
// usage: node dist/bench/committor/main.js [--quick] [--json] [--record] [--length NS] [--frames N] [--shots N]
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { columnValues, readTables } from '../../src/frames/index.js';
import { findGromacs, findPlumed, runProgram } from '../../src/programs/index.js';
import { prepareAlanine } from '../../src/quickstart/systems/alanine-dipeptide.js';
import { cacheFolder } from '../../src/support/folders.js';
import { latentcv } from '../latentcv.js';
import { commonOptions, runBench, type BenchResult, type Printing } from '../run-bench.js';
import { table } from '../table.js';
import { shoot, type Landed } from './shots.js';
import { distancesToStates, labels } from './states.js';

interface Options extends Printing {
  /** Of each biased run, ns. */
  length: number;
  /** At each q. */
  frames: number;
  /** From each frame. */
  shots: number;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      ...commonOptions,
      ...{ length: { type: 'string' }, frames: { type: 'string' }, shots: { type: 'string' } },
    },
  });
  const { quick, json, record } = values;
  return {
    ...{ json, record },
    length: Number(values.length ?? (quick ? 1 : 4)),
    frames: Number(values.frames ?? (quick ? 3 : 20)),
    shots: Number(values.shots ?? (quick ? 4 : 15)),
  };
}

/** Frames whose q is within 0.05 of these are shot from. */
const targets = [0.25, 0.5, 0.75];
const within = 0.05;

/** A frame in 0.2 ps: those near the transition state are few. */
const framesEvery = 100;

/** The run under the committor's own bias. */
const round = 'round';

/** A frame that was shot from. */
interface Shot extends Landed {
  model: string;
  target: number;
  q: number;
  time: number;
}

class Bench {
  constructor(
    private readonly folder: string,
    private readonly gromacs: string,
    private readonly kernel: string,
    private readonly length: number,
  ) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'states.dat'), distancesToStates);
    // what trjconv asks for
    writeFileSync(join(folder, 'group'), 'System\n');
  }

  /** OPES on φ, whose frames give the first committor; then one round of the committor's own bias and OPES along z. */
  async models(): Promise<string[]> {
    await this.run('known', 1, (output) =>
      writeFileSync(
        join(this.folder, output),
        `${distancesToStates}opes: OPES_METAD ARG=phi PACE=500 BARRIER=40 TEMP=300\n` +
          `PRINT ARG=phi,psi,dA,dB,opes.bias FILE=COLVAR STRIDE=${framesEvery}\n`,
      ),
    );
    this.train('known', 'first.onnx');
    await this.run(round, 2, (output) =>
      latentcv(
        [
          ...['plumed', 'states.dat', '--model', 'first.onnx', '--bias', 'kolmogorov+opes'],
          ...['--temperature', '300', '--also', 'phi,psi,dA,dB', '--stride', String(framesEvery)],
          ...['--barrier', '40', '-o', output],
        ],
        this.folder,
      ),
    );
    this.train(round, 'second.onnx');
    return ['first.onnx', 'second.onnx'];
  }

  /** Shots from frames of the run that dwells at the transition state, `frames` for each q of a model. */
  async shots(model: string, { frames, shots }: Options): Promise<Shot[]> {
    const table = `${model}.csv`;
    if (!existsSync(join(this.folder, table))) latentcv(['predict', model, round, '-o', table], this.folder);
    const { time, column } = await qOf(join(this.folder, table));
    const rows: Shot[] = [];
    for (const target of targets) {
      const near = [...column.keys()].filter((row) => Math.abs(column[row] - target) < within);
      // spread over the run, so that they are of many crossings
      const chosen = Array.from(
        { length: Math.min(frames, near.length) },
        (_, i) => near[Math.floor((i * near.length) / Math.min(frames, near.length))],
      );
      for (const row of chosen) {
        const landed = await this.shotsFrom(round, time[row], shots);
        rows.push({ model, target, q: column[row], time: time[row], ...landed });
      }
      console.error(`${model}: ${chosen.length} of ${near.length} frames of q within ${within} of ${target}`);
    }
    return rows;
  }

  private async shotsFrom(run: string, time: number, shots: number): Promise<Landed> {
    const folder = join(this.folder, 'shots', run, String(Math.round(time * 1000)));
    mkdirSync(folder, { recursive: true });
    const frame = join(folder, 'frame.gro');
    const system = join(this.folder, `${run}-system`);
    const { gromacs, kernel } = this;
    if (!existsSync(frame))
      await runProgram({
        command: gromacs,
        args: [
          ...['-quiet', '-nobackup', 'trjconv', '-f', join(this.folder, run, 'md.xtc')],
          ...['-s', join(system, 'topol.tpr'), '-dump', String(time), '-o', frame],
        ],
        input: join(this.folder, 'group'),
        ...{ cwd: folder, logPath: join(folder, 'trjconv.log') },
      });
    const topology = join(system, 'topol.top');
    return shoot({ gromacs, kernel, folder, frame, topology, seed: 1 + Math.round(time * 10) * 100 }, shots);
  }

  private async run(name: string, seed: number, input: (output: string) => unknown): Promise<void> {
    const { gromacs, length: nanoseconds } = this;
    const folder = join(this.folder, `${name}-system`);
    const tpr = join(folder, 'topol.tpr');
    if (!existsSync(tpr))
      await prepareAlanine({ gromacs, folder, temperature: 300, nanoseconds, seed, framesEvery });
    const plumed = `${name}.dat`;
    if (!existsSync(join(this.folder, plumed))) input(plumed);
    latentcv(['run', '--tpr', tpr, '--plumed', plumed, '--folder', name], this.folder);
  }

  private train(run: string, model: string): void {
    if (existsSync(join(this.folder, model))) return;
    latentcv(
      [
        ...['train', run, '--structure', join(`${run}-system`, 'minimise.gro'), '--method', 'committor'],
        ...['--latent', '1', '--labels', labels, '-o', model],
      ],
      this.folder,
    );
  }
}

/** Times and committor of a table of `predict`. */
async function qOf(path: string): Promise<{ time: number[]; column: Float64Array }> {
  const table = await readTables([path], { columns: ['committor'] });
  const time = Array.from({ length: table.frames }, (_, row) => table.time.at(row)!);
  return { time, column: columnValues(table, 'committor') };
}

/** Mean of p_B over the frames, its deviation among them, and the one that q = p_B would have by the number of shots alone. */
function summary(rows: readonly Shot[]): string[] {
  const settled = rows.filter(({ A, B }) => A + B > 0);
  const p = settled.map(({ A, B }) => B / (A + B));
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const deviation = Math.sqrt(mean(p.map((value) => (value - mean(p)) ** 2)));
  const chance = Math.sqrt(mean(settled.map(({ q, A, B }) => (q * (1 - q)) / (A + B))));
  const error = deviation / Math.sqrt(p.length);
  const bins = Array.from({ length: 5 }, (_, i) =>
    p.filter((value) => Math.min(4, Math.floor(value * 5)) === i).length.toString(),
  );
  return [
    ...[String(rows.length), mean(settled.map(({ q }) => q)).toFixed(2)],
    ...[`${mean(p).toFixed(3)} ± ${error.toFixed(3)}`, deviation.toFixed(2), chance.toFixed(2)],
    bins.join(' '),
    String(rows.reduce((sum, { neither }) => sum + neither, 0)),
  ];
}

async function bench(options: Options): Promise<BenchResult> {
  const gromacs = await findGromacs();
  const { kernel } = await findPlumed();
  const folder = join(cacheFolder(), 'bench-committor', `${options.length}-ns`);
  const runs = new Bench(folder, gromacs.executable, kernel, options.length);
  const rows: Shot[] = [];
  const models = await runs.models();
  for (const model of models) rows.push(...(await runs.shots(model, options)));
  const head = [
    ...['committor', 'q near', 'frames', 'mean q', 'mean p_B', 'SD of p_B', 'SD by chance'],
    ...['frames of p_B 0 to 1 in fifths', 'shots that reached neither'],
  ];
  const lines = models.flatMap((model) =>
    targets.flatMap((target) => {
      const own = rows.filter((row) => row.model === model && row.target === target);
      return own.length === 0 ? [] : [[model.replace('.onnx', ''), String(target), ...summary(own)]];
    }),
  );
  return { title: 'bench:committor', tables: table([head, ...lines]), rows };
}

await runBench(readOptions, bench);
