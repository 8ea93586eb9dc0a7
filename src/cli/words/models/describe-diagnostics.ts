import { digits, percent, withError, fixed } from '../../../support/index.js';
import type { CvQuality, Diagnostics, OtherCv } from '../../../diagnostics/index.js';
import {
  withoutTimescale,
  type CvBarrier,
  type CvBasins,
  type TimescalesAtLag,
} from '../../../kinetics/index.js';

import { stateSensitivityLines, tellingLines } from './describe-explanation.js';
import { autocorrelationInWords, estimateInWords, timescaleInWords } from './describe-slowness.js';

const mostInputs = 10;

/** Diagnostics in words, for a person; one line each. */
export function describeDiagnostics(diagnostics: Diagnostics): string[] {
  const { verdict, cvs, quality, basins, others, reconstruction: explained } = diagnostics;
  return [
    ...groundLines(diagnostics),
    `  ${verdict.headline}`,
    ...verdict.findings.slice(1).map((finding) => `  also: ${finding}`),
    '',
    ...qualityLines(cvs[0], quality, basins),
    ...others.flatMap((other) => ['', ...qualityLines(other.name, other.quality, other.basins, other)]),
    ...hiddenLines(diagnostics),
    '',
    `  variance explained  ${inPercent(explained.total)} (from frames with like CVs)`,
    ...scoreLines(diagnostics),
    ...timescaleLines(diagnostics),
    ...cvs.flatMap((cv, j) => [
      '',
      ...sensitivityLines(diagnostics, cv, j),
      ...stateSensitivityLines(diagnostics, j),
    ]),
    ...tellingLines(diagnostics),
    '',
    'The last word has a short biased run: latentcv plumed, then latentcv run --length 500ps, and count its transitions.',
  ];
}

function groundLines({ frames, lag, judgedOn, weighted, unweighedBias }: Diagnostics): string[] {
  const which =
    judgedOn === 'training'
      ? ', those it was trained on'
      : judgedOn === 'others'
        ? ', not those it was trained on'
        : '';
  const more = judgedOn === 'training' ? ['  (frames of other runs would say more: give them instead)'] : [];
  return [
    `On ${frames} frames${which}, ${weighted ? 'weighted by their bias' : 'all alike'}, lag ${digits(lag)} ps:`,
    ...more,
    ...(unweighedBias
      ? [
          `  (they are of a biased run: basins, crossings and time scales are the biased system's; --bias ${unweighedBias.join(',')} --temperature … weighs them)`,
        ]
      : []),
  ];
}

function qualityLines(
  name: string,
  quality: CvQuality,
  { basins, barriers }: CvBasins,
  other?: OtherCv,
): string[] {
  const { slow, slowest, roughness, balancedAccuracy, betweenStates } = quality;
  const known = (value: number | undefined, words: (value: number) => string): string | undefined =>
    value === undefined ? undefined : words(value);
  const rows: [string, string | undefined][] = [
    ['basins', basins.map((b) => `${digits(b.peak)} (${inPercent(b.fraction)})`).join(', ')],
    ...barriers.map((b): [string, string] => [`barrier at ${digits(b.position)}`, barrierInWords(b)]),
    ['autocorrelation', slow && `${autocorrelationInWords(slow)} at the lag, of its slowest function`],
    ['slowest in inputs', other ? undefined : known(slowest, digits)],
    ['time scale', slow && timescaleInWords(name, slow)],
    ['adds a process of', other?.adds && estimateInWords(other.adds.timescale)],
    ['roughness', known(roughness, digits)],
    ['balanced accuracy', known(balancedAccuracy, digits)],
    ['between the states', known(betweenStates, (value) => `${inPercent(value)} of its variance`)],
  ];
  return [
    `  ${name}`,
    ...rows.flatMap(([label, value]) => (value === undefined ? [] : [`    ${label.padEnd(20)}${value}`])),
  ];
}

function hiddenLines({ hidden }: Diagnostics): string[] {
  if (!hidden) return [];
  return ['', `  beyond all CVs      the inputs hold a process of ${estimateInWords(hidden.timescale)}`];
}

const barrierInWords = ({ crossings, frames, fewest }: CvBarrier): string =>
  `${crossings} crossings; ${frames} frames between the cores, ${fewest} in the emptiest tenth`;

function scoreLines({ scores }: Diagnostics): string[] {
  if (!scores) return [];
  const { vamp2, vampE } = scores;
  const words = ({ mean, error }: typeof vamp2): string => withError(mean, error);
  return [
    `  held-out scores     VAMP-2 ${words(vamp2)}, VAMP-E ${words(vampE)} (${vamp2.folds.length} folds of time)`,
  ];
}

function timescaleLines({ timescales = [], cvs, quality, others }: Diagnostics): string[] {
  const all = [{ name: cvs[0], quality }, ...others];
  const without = all.flatMap(({ name, quality: { slow } }) =>
    slow?.noTimescale === 'not crossed' ? [`  ${withoutTimescale(name, slow.noTimescale)}`] : [],
  );
  if (timescales.length === 0) return without;
  const line = ({ lag, timescales: at }: TimescalesAtLag): string =>
    `    ${digits(lag).padEnd(8)}${at.map((t) => (t ? `${digits(t.value)} (${digits(t.lower)} to ${digits(t.upper)})` : '–').padEnd(26)).join('')}`;
  return [
    ...without,
    '  implied time scales of the CVs as written, in ps (68 %, by blocks of time), by lag',
    `    ${''.padEnd(8)}${cvs.map((cv) => cv.padEnd(26)).join('')}`,
    ...timescales.map(line),
  ].map((text) => text.trimEnd());
}

/** The inputs that move a CV most, with how much of each the CVs explain. */
function sensitivityLines(
  { inputs, sensitivity, reconstruction }: Diagnostics,
  cv: string,
  j: number,
): string[] {
  const order = inputs.map((_, i) => i).sort((a, b) => sensitivity[j][b] - sensitivity[j][a]);
  const shown = order.slice(0, mostInputs);
  const width = Math.max(...shown.map((i) => inputs[i].length)) + 2;
  const largest = sensitivity[j][order[0]] || 1;
  return [
    `  sensitivity of ${cv}: its change by one deviation of the input, and how much of the input the CVs explain`,
    ...shown.map((i) => {
      const bar = '▇'.repeat(Math.round((20 * sensitivity[j][i]) / largest)).padEnd(20);
      return `    ${inputs[i].padEnd(width)}${bar} ${fixed(sensitivity[j][i], 3)}   ${inPercent(reconstruction.inputs[i])}`;
    }),
    ...(inputs.length > mostInputs ? [`    and ${inputs.length - mostInputs} more`] : []),
  ];
}

/** A part in percent; less than nothing is not told. */
const inPercent = (part: number): string => percent(Math.max(0, part));
