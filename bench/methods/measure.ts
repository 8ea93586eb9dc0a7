import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { columnValues, readTables, LatentcvError, type CvQuality, type ErrorCode } from '../../src/index.js';
import { findTransitions, type CoreSets } from '../../src/public/free-energy.js';
import { latentcv } from '../latentcv.js';
import { caseWords, type CaseName } from './cases.js';
import type { Question, ReadySystem } from './system.js';

/** What a training says of its first CV, before anything is run along it. */
export interface TrainingFigures {
  /** Of the method, so that it compares seeds of one method alone; the lower the better. */
  validationLoss: number | null;
  /** Of the slowest function of the CV, on held-out blocks of time. */
  autocorrelation: number | null;
  slowness: number | null;
  balancedAccuracy: number | null;
  /** Part of the CV's variance that lies between the two known states. */
  betweenStates: number | null;
  roughness: number | null;
}

export interface Answer {
  question?: string;
  pilotTransitions: number;
  transitions: number;
  /** Of these between the narrower cores; null where there are none. */
  deep: number | null;
  deltaF: number | null;
  /** null: `fes` said that ΔF is not determined. */
  error: number | null;
  reason: string | null;
  /** What `fes` says against the error; empty where nothing is. */
  doubts: readonly string[];
  reference: number;
  referenceError: number;
}

/** A CV of one seed, tried. */
export interface Cell {
  case: CaseName;
  seed: number;
  /** Wall time, s; null where it was refused. */
  trained: number | null;
  figures?: TrainingFigures;
  /** Independent crossings in the pilots, of the first question. */
  independent?: number;
  answers: Answer[];
  /** Why there is no run. */
  problem?: string;
}

/** A command's `--json`, or its error. */
function asked(words: readonly string[], folder: string): unknown {
  const told = JSON.parse(latentcv([...words, '--json'], folder, [0, 1, 2, 3, 4, 130])) as {
    error?: { code: string; message: string };
  };
  // 4 leaves a result as well
  if (told.error) throw new LatentcvError(told.error.code as ErrorCode, told.error.message);
  return told;
}

/** What is refused of a method, its data or its CV; all else is a fault of the machine or the bench. */
const ofTheCv: ReadonlySet<ErrorCode> = new Set([
  'bad-argument',
  'bad-data',
  'bad-graph',
  'bad-model',
  'plumed-input',
  'tool-failed',
]);

/**
 * Trains a CV, asks what its frames say of it, tries it in pilots and in a run, and asks that for its free energies.
 * What a method or a run refuses is told in the cell.
 *
 * @param folder of the system
 * @throws LatentcvError what is not of the CV: `interrupted`, `missing-tool`, files
 */
export async function measureCell(
  name: CaseName,
  seed: number,
  system: ReadySystem,
  folder: string,
): Promise<Cell> {
  const cell = new CellRun(name, seed, system, folder);
  try {
    cell.train();
    cell.inspect();
    await cell.pilot();
    await cell.run();
  } catch (error) {
    if (!(error instanceof LatentcvError) || !ofTheCv.has(error.code)) throw error;
    cell.found.problem = error.message;
  }
  return cell.found;
}

class CellRun {
  readonly found: Cell;
  private readonly name: string;

  constructor(
    private readonly method: CaseName,
    private readonly seed: number,
    private readonly system: ReadySystem,
    private readonly folder: string,
  ) {
    this.name = `${method}-${seed}`;
    this.found = { case: method, seed, trained: null, answers: [] };
    mkdirSync(join(folder, this.name), { recursive: true });
  }

  private path(file: string): string {
    return join(this.name, file);
  }

  private get model(): string {
    return this.path('model.onnx');
  }

  train(): void {
    const { frames, learning } = this.system;
    const words = caseWords(this.method, this.system);
    const told = asked(
      ['train', ...frames, ...learning, ...words, '--seed', String(this.seed), '-o', this.model],
      this.folder,
    ) as { seconds: number; loss?: { validation: number | null } };
    this.found.trained = told.seconds;
    this.found.figures = { ...noFigures, validationLoss: told.loss?.validation ?? null };
  }

  inspect(): void {
    const { frames, known } = this.system;
    const { diagnostics } = asked(['inspect', this.model, ...frames, '--states', known], this.folder) as {
      diagnostics: { quality: CvQuality };
    };
    const { quality } = diagnostics;
    this.found.figures = {
      ...noFigures,
      ...this.found.figures,
      autocorrelation: quality.slow?.autocorrelation.value ?? null,
      slowness: quality.slowness ?? null,
      balancedAccuracy: quality.balancedAccuracy ?? null,
      betweenStates: quality.betweenStates ?? null,
      roughness: quality.roughness ?? null,
    };
  }

  /** The same words of a bias for pilots and the run. */
  private get biasWords(): string[] {
    const { bias, also, firstAlone } = this.system;
    return [...bias, '--also', also.join(','), ...(firstAlone ? ['--components', 'node-0'] : [])];
  }

  async pilot(): Promise<void> {
    const { input, questions } = this.system;
    const seeds = [1, 2].map((replica) => 1000 * this.seed + replica);
    const { pilots: results } = asked(
      [
        ...['pilot', this.model, '--plumed', input, ...this.biasWords, ...statesOf(questions[0])],
        ...(await this.system.pilots(seeds)),
        ...['--folder', this.path('pilot')],
      ],
      this.folder,
    ) as { pilots: { folders: string[]; crossing: { independent: number } }[] };
    const [{ folders, crossing }] = results;
    this.found.independent = crossing.independent;
    for (const question of questions) {
      let count = 0;
      for (const each of folders)
        count += await transitionsIn(join(each, 'COLVAR_pilot'), question, question.cores);
      this.found.answers.push({ ...unanswered(question), pilotTransitions: count });
    }
  }

  async run(): Promise<void> {
    const { input, questions } = this.system;
    const biased = this.path('biased.dat');
    if (!existsSync(join(this.folder, biased)))
      asked(
        [
          ...['plumed', input, '--model', this.model, '--bias', 'opes', ...this.biasWords],
          ...['--colvar', 'COLVAR', '-o', biased],
        ],
        this.folder,
      );
    const run = this.path('run');
    const engine = await this.system.production([1000 * this.seed + 501]);
    asked(['run', ...engine, '--plumed', biased, '--folder', run], this.folder);
    for (const [i, question] of questions.entries())
      Object.assign(this.found.answers[i], await this.ask(run, question));
  }

  private async ask(run: string, question: Question): Promise<Partial<Answer>> {
    const { deltaF } = asked(
      [
        ...['fes', run, '--cv', question.column, ...(question.bins ? ['--method', 'histogram'] : [])],
        ...[...statesOf(question), ...temperatureOf(this.system.bias), '-o', this.path('fes.dat')],
      ],
      this.folder,
    ) as { deltaF: Told | null };
    const colvar = join(this.folder, run, 'COLVAR');
    return {
      transitions: await transitionsIn(colvar, question, question.cores),
      deep: question.deep ? await transitionsIn(colvar, question, question.deep) : null,
      deltaF: deltaF?.value ?? null,
      error: deltaF?.error ?? null,
      reason: deltaF?.reason ?? null,
      doubts: deltaF?.error === null ? [] : (deltaF?.warnings ?? []),
    };
  }
}

/** ΔF as `fes --json` tells it. */
interface Told {
  value: number | null;
  error: number | null;
  reason: string | null;
  warnings: readonly string[];
}

const noFigures: TrainingFigures = {
  validationLoss: null,
  autocorrelation: null,
  slowness: null,
  balancedAccuracy: null,
  betweenStates: null,
  roughness: null,
};

function unanswered({ name, reference, referenceError }: Question): Answer {
  return {
    ...(name !== undefined && { question: name }),
    ...{
      pilotTransitions: 0,
      transitions: 0,
      deep: null,
      deltaF: null,
      error: null,
      reason: null,
      doubts: [],
    },
    ...{ reference, referenceError },
  };
}

/** `--basin`, `--basin-a`, `--cores` and `--every` of a question. */
function statesOf({ column, basin, basinA, cores: { a, b }, every }: Question): string[] {
  return [
    ...['--basin', basin, ...(basinA === undefined ? [] : ['--basin-a', basinA])],
    ...[`--cores=${column}=${a.join('..')},${b.join('..')}`],
    ...(every === undefined ? [] : ['--every', `${every}ps`]),
  ];
}

/** `fes` takes of a bias's words the temperature alone. */
function temperatureOf(bias: readonly string[]): readonly string[] {
  const at = bias.findIndex((word) => word === '--kt' || word === '--temperature');
  return bias.slice(at, at + 2);
}

async function transitionsIn(colvar: string, { column, every }: Question, cores: CoreSets): Promise<number> {
  const frames = await readTables(colvar);
  const looks = { ranges: frames.segments, ...(every !== undefined && { every }) };
  return findTransitions(columnValues(frames, column), frames.time, cores, looks).count;
}
