import type { CvBarrier, Diagnostics, TimescalesAtLag } from '../diagnostics/index.js';

const mostInputs = 10;

/** Diagnostics in words, for a person; one line each. */
export function describeDiagnostics(diagnostics: Diagnostics): string[] {
  const { verdict, cvs, frames, lag, reconstruction: explained } = diagnostics;
  return [
    `On ${frames} frames, lag ${digits(lag)} ps:`,
    `  ${verdict.headline}`,
    ...verdict.findings.slice(1).map((finding) => `  also: ${finding}`),
    '',
    ...qualityLines(diagnostics),
    `  variance explained  ${percent(explained.total)} (from frames with like CVs)`,
    ...scoreLines(diagnostics),
    ...timescaleLines(diagnostics),
    ...cvs.flatMap((cv, j) => ['', ...sensitivityLines(diagnostics, cv, j)]),
    '',
    'The last word has a short biased run: latentcv plumed, then latentcv run --length 500ps, and count its transitions.',
  ];
}

function qualityLines({ quality, basins, cvs }: Diagnostics): string[] {
  const { autocorrelation, slowest, roughness, balancedAccuracy, betweenStates } = quality;
  const known = (value: number | undefined, words: (value: number) => string): string | undefined =>
    value === undefined ? undefined : words(value);
  const rows: [string, string | undefined][] = [
    ['basins', basins.basins.map((b) => `${digits(b.peak)} (${percent(b.fraction)})`).join(', ')],
    ...basins.barriers.map((b): [string, string] => [`barrier at ${digits(b.position)}`, barrierInWords(b)]),
    ['autocorrelation', known(autocorrelation, (value) => `${digits(value)} at the lag`)],
    ['slowest in inputs', known(slowest, (value) => `${digits(value)} (on held-out frames)`)],
    ['roughness', known(roughness, digits)],
    ['balanced accuracy', known(balancedAccuracy, digits)],
    ['between the states', known(betweenStates, (value) => `${percent(value)} of its variance`)],
  ];
  return [
    `  ${cvs[0]}`,
    ...rows.flatMap(([name, value]) => (value === undefined ? [] : [`    ${name.padEnd(20)}${value}`])),
  ];
}

const barrierInWords = ({ crossings, frames, fewest }: CvBarrier): string =>
  `${crossings} crossings; ${frames} frames between the cores, ${fewest} in the emptiest tenth`;

function scoreLines({ scores }: Diagnostics): string[] {
  if (!scores) return [];
  const { vamp2, vampE } = scores;
  const words = ({ mean, error }: typeof vamp2): string => `${mean.toFixed(3)} ± ${error.toFixed(3)}`;
  return [
    `  held-out scores     VAMP-2 ${words(vamp2)}, VAMP-E ${words(vampE)} (${vamp2.folds.length} folds of time)`,
  ];
}

function timescaleLines({ timescales = [], cvs }: Diagnostics): string[] {
  if (timescales.length === 0) return [];
  const line = ({ lag, timescales: at }: TimescalesAtLag): string =>
    `    ${digits(lag).padEnd(8)}${at.map((t) => `${digits(t.value)} (${digits(t.lower)} to ${digits(t.upper)})`).join('   ')}`;
  return [
    `  implied time scales of the ${cvs.length} CVs in ps (68 % of resampled trajectories), by lag`,
    ...timescales.map(line),
  ];
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
    `  what moves ${cv}: change by one deviation of the input, and how much of the input the CVs explain`,
    ...shown.map((i) => {
      const bar = '▇'.repeat(Math.round((20 * sensitivity[j][i]) / largest)).padEnd(20);
      return `    ${inputs[i].padEnd(width)}${bar} ${sensitivity[j][i].toFixed(3)}   ${percent(reconstruction.inputs[i])}`;
    }),
    ...(inputs.length > mostInputs ? [`    and ${inputs.length - mostInputs} more`] : []),
  ];
}

const digits = (value: number): string => Number(value.toPrecision(3)).toString();
const percent = (part: number): string => `${Math.round(100 * Math.max(0, part))} %`;
