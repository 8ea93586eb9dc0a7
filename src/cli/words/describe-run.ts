import { digits, significant } from '../../support/index.js';
import type { SettingsGroup } from '../../report/index.js';
import {
  framesIn,
  thermalEnergy,
  unitInWords,
  type BiasNote,
  type UnitSystem,
} from '../../sampling/index.js';
import type { LoadedRun } from '../frames/index.js';
import type { SamplingOptions } from '../options/index.js';

type Row = readonly [name: string, value: string];

/** How a run's frames were made and weighed, as far as it is known: what a reader needs to do it again. */
export function runSettings(loaded: LoadedRun, { replicas, discard }: SamplingOptions): SettingsGroup {
  const { natural, files } = loaded;
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
    ...(notes?.biases ?? []).map((each): Row => [each.label, biasInWords(each, files[0].units)]),
    [
      'frames used',
      `${used} of ${dataset.frames}${discard === undefined ? '' : ` (first ${discard} of every run left out)`}`,
    ],
    ...(files.length > 1 ? [['replicas', replicas ?? 'independent'] as const] : []),
    ...(notes?.seed === undefined ? [] : [['seed', seedsOf(loaded)] as const]),
  ];
  return { name: 'Biased run', rows };
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

/** Programs that made the run. */
export function runVersions({ files }: LoadedRun): Row[] {
  const notes = files.find((file) => file.notes)?.notes;
  const { engine, plumed, latentcv } = notes ?? {};
  return [
    ...(engine
      ? [[engine.name === 'gromacs' ? 'GROMACS' : engine.name, engine.version ?? 'of PLUMED'] as const]
      : []),
    ...(plumed === undefined ? [] : [['PLUMED', plumed] as const]),
    ...(latentcv === undefined ? [] : [['latentcv, of the run', latentcv] as const]),
  ];
}
