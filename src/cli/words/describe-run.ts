import { digits, significant } from '../../support/index.js';
import type { SettingsGroup } from '../../report/index.js';
import {
  framesIn,
  replicasOf,
  thermalEnergy,
  unitInWords,
  type BiasNote,
  type UnitSystem,
} from '../../sampling/index.js';
import { nanosecondsOf, type GivenState } from '../../free-energy/index.js';
import { programsBeside, type LoadedRun } from '../frames/index.js';
import type { SamplingOptions } from '../options/index.js';

type Row = readonly [name: string, value: string];

/** How a run's frames were made and weighed, as far as it is known: what a reader needs to do it again. */
export function runSettings(loaded: LoadedRun, { replicas }: SamplingOptions): SettingsGroup {
  const { natural, files, question } = loaded;
  const { sample, bias, dataset } = loaded.run;
  const notes = files.find((file) => file.notes)?.notes;
  const kT = thermalEnergy(sample.temperature);
  const temperature: Row = natural
    ? ['kT', significant(kT, 6)]
    : ['temperature', `${digits(sample.temperature, 6)} K`];
  const used = framesIn(sample.ranges);
  const rows: Row[] = [
    temperature,
    ['frames weighed by', bias.weigh.length > 0 ? bias.weigh.join(' + ') : 'no bias'],
    ...biasesIn(loaded).map((each): Row => [each.label, biasInWords(each, files[0].units)]),
    ['frames used', `${used} of ${dataset.frames}${leftOutInWords(loaded)}`],
    ...stateRows(question),
    ...(files.length > 1 ? [['replicas', replicas ?? 'independent'] as const] : []),
    ...(notes?.seed === undefined ? [] : [['seed', seedsOf(loaded)] as const]),
  ];
  return { name: 'Biased run', rows };
}

/** As the runs noted them, or their PLUMED input tells them. */
const biasesIn = ({ files }: LoadedRun): readonly BiasNote[] =>
  files.find(({ biases }) => biases !== undefined)?.biases ?? [];

/** The beginnings of runs that do not count. */
function leftOutInWords({ run: { dataset, sample }, natural }: LoadedRun): string {
  const runs = replicasOf(dataset.segments);
  const until = sample.replicas.flatMap(({ source, ranges }) => {
    const first = runs.find((own) => own.source === source)?.ranges[0]?.start;
    if (first === undefined || ranges.length === 0 || ranges[0].start === first) return [];
    return [dataset.time.at(ranges[0].start)! - dataset.time.at(first)!];
  });
  if (until.length === 0) return ', all of them';
  const [least, most] = [Math.min(...until), Math.max(...until)].map((time) => digits(time, 4));
  const span = least === most ? most : `${least} to ${most}`;
  return `; left out are the first ${span} ${natural ? 'time units' : 'ps'}${runs.length > 1 ? ' of each run' : ''}`;
}

/** What the states of ΔF are. */
function stateRows({ basins = [], basinA, cores }: LoadedRun['question']): Row[] {
  if (basins.length === 0) return [];
  const named = basins.map((each, i) =>
    stateInWords(each, String.fromCharCode(65 + i + (basins.length === 1 ? 1 : 0))),
  );
  const first =
    basins.length > 1 ? [] : [basinA === undefined ? 'A: all other frames' : stateInWords(basinA, 'A')];
  return [
    ['states', [...first, ...named].join('; ')],
    ['cores', cores === undefined ? 'where the states are densest' : coresInWords(cores)],
  ];
}

const span = ([lower, upper]: readonly [number, number]): string => `${lower} to ${upper}`;

function stateInWords(state: GivenState, otherwise: string): string {
  const rule = 'condition' in state ? state.text : `${state.column} ${span(state.interval)}`;
  return `${state.name ?? otherwise}: ${rule}`;
}

function coresInWords(cores: NonNullable<LoadedRun['question']['cores']>): string {
  return 'sets' in cores
    ? `${cores.column} ${cores.sets.map(span).join(', ')}`
    : cores.map((each, i) => stateInWords(each, String.fromCharCode(65 + i))).join('; ');
}

/** A run in a sentence, as a paper tells it: what drove it, how long, at which temperature, what was left out. */
export function runInWords(loaded: LoadedRun): string {
  const { run, natural, files } = loaded;
  const runs = replicasOf(run.dataset.segments);
  const length = nanosecondsOf(run) / runs.length;
  const each = natural ? `${digits(1000 * length, 4)} time units` : `${digits(length, 4)} ns`;
  const number = runs.length === 1 ? 'One run' : `${runs.length} runs`;
  const kT = thermalEnergy(run.sample.temperature);
  const ensemble = natural ? `kT = ${significant(kT, 6)}` : `${digits(run.sample.temperature, 6)} K`;
  const biases = loaded.windows ? [] : biasesIn(loaded);
  const under = biases.map((each) => biasInWords(each, files[0].units)).join('; ');
  const without = run.bias.weigh.length === 0 ? ' without a bias' : '';
  return `${number} of ${each}${runs.length > 1 ? ' on average' : ''} at ${ensemble}${under === '' ? without : ` under ${under}`}.`;
}

/** Energies of PLUMED's keywords are in the unit of its input. */
function biasInWords({ action, parameters }: BiasNote, { energy, natural }: UnitSystem): string {
  const given = Object.entries(parameters).map(([key, value]) => `${key}=${value}`);
  const unit = natural
    ? ' (natural units)'
    : energy === 1
      ? ''
      : ` (energies in ${unitInWords('energy', energy)})`;
  return `${[action, ...given].join(' ')}${unit}`;
}

function seedsOf({ files }: LoadedRun): string {
  return files.flatMap(({ notes }) => notes?.seed ?? []).join(', ');
}

/** Programs that made the run: as it noted them, else by their logs beside its table. */
export async function runVersions({ files }: LoadedRun): Promise<Row[]> {
  const notes = files.find((file) => file.notes)?.notes;
  const { engine, plumed, latentcv } = notes ?? {};
  const noted: Row[] = [
    ...(engine ? [[engineNames[engine.name] ?? engine.name, engine.version ?? 'of PLUMED'] as const] : []),
    ...(plumed === undefined ? [] : [['PLUMED', plumed] as const]),
    ...(latentcv === undefined ? [] : [['latentcv, of the run', latentcv] as const]),
  ];
  const known = new Set(noted.map(([name]) => name));
  const beside = await programsBeside(files[0].path);
  return [...noted, ...beside.filter(([name]) => !known.has(name))];
}

const engineNames: Record<string, string> = { gromacs: 'GROMACS', lammps: 'LAMMPS' };
