import type { TrainingRecord } from '../training/index.js';
import { compact, count } from './format.js';
import type { SettingsGroup } from './report-data.js';
import { defaultUnits, type Units } from './units.js';

type Settings = TrainingRecord['settings'];
type Row = readonly [name: string, value: string];

/**
 * The settings of a training in words, with their units; what was left at nothing (no clipping, no restarts, no bias) is left
 * out. Undefined where a file tells none.
 */
export function trainingSettings(
  record: Partial<TrainingRecord>,
  method: string,
  units: Units = defaultUnits,
): SettingsGroup | undefined {
  const { settings } = record;
  if (!settings) return undefined;
  return {
    name: 'Training',
    rows: [
      ...methodRows(settings, { method, reason: record.reason, units }),
      ...networkRows(settings),
      ...courseRows(settings),
      ...frameRows(settings, units),
    ],
  };
}

function methodRows(
  { method, methodOptions, latent, lag, rows, seed }: Settings,
  { method: own, reason, units }: { method: string; reason: string | undefined; units: Units },
): Row[] {
  const chosen = method === 'auto' ? `, chosen by the frames${reason ? `: ${reason}` : ''}` : '';
  const options = Object.entries(methodOptions ?? {}).map(([name, value]): Row => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return [
    ['method', `${own}${chosen}`],
    ...options,
    ['CVs', String(latent)],
    ...(rows || lag === undefined
      ? []
      : [
          [
            'lag time',
            `${compact(lag, 6)} ${units.time === defaultUnits.time ? 'ps' : 'time units'}`,
          ] as const,
        ]),
    ['seed', String(seed)],
  ];
}

function networkRows({ hidden, activation, start, scaling, spread, precision }: Partial<Settings>): Row[] {
  return [
    ...(hidden ? [['hidden layers', `${hidden.join(', ')} (${activation ?? 'linear'})`] as const] : []),
    ...(start === 'linear' ? [['first weights', 'those of a linear method'] as const] : []),
    ...(scaling === undefined
      ? []
      : [
          ['scale of inputs', scaling === 'common' ? 'one for each quantity' : 'one for each input'] as const,
        ]),
    ...(spread
      ? [['spread of the CVs', `${compact(spread)} of their range by where the frames are`] as const]
      : []),
    ...(precision === 'double' ? [['precision', 'double'] as const] : []),
  ];
}

const optimizerNames: Record<string, string> = { adamw: 'AdamW', adam: 'Adam' };

function courseRows(settings: Partial<Settings>): Row[] {
  const { optimizer, learningRate, weightDecay, schedule, clip, batch, epochs, patience, restarts } =
    settings;
  const parts = [
    optimizer && (optimizerNames[optimizer] ?? optimizer),
    learningRate === undefined ? undefined : `learning rate ${compact(learningRate)}`,
    schedule && schedule !== 'constant' ? schedule : undefined,
    weightDecay ? `weight decay ${compact(weightDecay)}` : undefined,
    clip ? `gradients clipped at ${compact(clip)}` : undefined,
  ].filter((part) => part !== undefined && part !== '');
  return [
    ...(parts.length > 0 ? [['optimiser', parts.join(', ')] as const] : []),
    ...(batch === undefined ? [] : [['batch', count(batch, 'frame')] as const]),
    ...(epochs === undefined
      ? []
      : [
          [
            'epochs',
            `at most ${epochs.toLocaleString('en-GB')}${patience === undefined ? '' : `; it stops ${patience} after the best`}`,
          ] as const,
        ]),
    ...(restarts !== undefined && restarts > 1 ? [['restarts', String(restarts)] as const] : []),
  ];
}

/** How frames were parted and weighed; a temperature only where it weighed. */
function frameRows(
  { split, bias, temperature, temperatures, replicas }: Partial<Settings>,
  { energy }: Units,
): Row[] {
  const others = Object.entries(temperatures ?? {});
  const weighed = (bias?.length ?? 0) > 0;
  return [
    ...(split === undefined
      ? []
      : [['validation', split === 'blocks' ? 'blocks of time of their own' : split] as const]),
    ...(weighed ? [['frames weighed by', bias!.join(' + ')] as const] : []),
    ...(energy === defaultUnits.energy && (weighed || others.length > 0)
      ? [['temperature', temperatureInWords(temperature, others)] as const]
      : []),
    ...(weighed && replicas ? [['replicas', replicas] as const] : []),
  ];
}

/** `300 K; 700 K of 2 files` */
function temperatureInWords(all: number | undefined, others: readonly (readonly [string, number])[]): string {
  const byKelvin = new Map<number, number>();
  for (const [, kelvin] of others) byKelvin.set(kelvin, (byKelvin.get(kelvin) ?? 0) + 1);
  const parts = [...byKelvin].map(([kelvin, files]) => `${compact(kelvin, 6)} K of ${count(files, 'file')}`);
  return [...(all === undefined ? [] : [`${compact(all, 6)} K`]), ...parts].join('; ');
}
