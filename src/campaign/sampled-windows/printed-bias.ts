import type { FrameColumns } from '../../frames/index.js';
import type { StaticBias } from '../../plumed/index.js';
import type { Numbers } from '../../sampling/index.js';
import { digits, LatentcvError } from '../../support/index.js';
import type { WindowRun } from './window-runs.js';

/** So many frames of a run are compared, evenly spaced. */
const compared = 500;

/**
 * Holds the energy of a bias to what the run itself printed of it.
 * @throws LatentcvError `bad-data` where they differ by more than printing rounds
 */
export function expectPrinted(run: WindowRun, bias: StaticBias, table: FrameColumns): void {
  const { columns, energy, column } = bias;
  const rows = evenly(table.frames);
  const picked = new Map(
    [...columns, column].map((label) => [
      label,
      Float64Array.from(rows, (frame) => table.values(label)[frame]),
    ]),
  );
  const values = (label: string): Float64Array => picked.get(label)!;
  const unit = run.units.natural ? 1 : run.units.energy;
  const ours = energy(values);
  const allowed = roundingOf(bias, values);
  const theirs = values(column).map((value) => value * unit);
  const resolution = resolutions(values(column), table.single).map((value) => value * unit);
  const worst = rows.findIndex(
    (_, i) => !(Math.abs(ours[i] - theirs[i]) <= allowed[i] + resolution[i] + 1e-9 * Math.abs(ours[i])),
  );
  if (worst < 0) return;
  const unitWord = run.units.natural ? '' : ' kJ/mol';
  throw new LatentcvError(
    'bad-data',
    `expected ${column} in ${run.path} as ${run.input ?? 'its input'} gives it, ${digits(ours[worst], 6)}${unitWord} at ` +
      `${digits(table.time.at(rows[worst])!, 9)} ps, but found ${digits(theirs[worst], 6)}: the input is not the one that ran`,
    'put the PLUMED input that the run was made with beside its table',
  );
}

function evenly(frames: number): number[] {
  const count = Math.min(frames, compared);
  return Array.from({ length: count }, (_, i) => Math.floor((i * frames) / count));
}

/** By how much an energy may be off, since the columns were printed with so many digits. */
function roundingOf({ columns, energy }: StaticBias, values: (column: string) => Float64Array): Float64Array {
  const frames = columns.length > 0 ? values(columns[0]).length : 0;
  const allowed = new Float64Array(frames);
  for (const moved of columns) {
    const step = resolutions(values(moved), false);
    const shifted = (sign: number): Float64Array =>
      energy((label) =>
        label === moved ? values(label).map((value, i) => value + sign * step[i]) : values(label),
      );
    const [up, down, still] = [shifted(1), shifted(-1), energy(values)];
    for (let i = 0; i < frames; i++)
      allowed[i] += Math.max(Math.abs(up[i] - still[i]), Math.abs(down[i] - still[i]));
  }
  return allowed;
}

/** What one in the last printed digit of each value is: of all values the most decimals, or the most digits, that one has. */
function resolutions(values: Numbers, single: boolean): Float64Array {
  let [decimals, figures] = [0, 1];
  for (const value of values) {
    const [, whole, part = '', exponent = '0'] =
      /^(\d+)(?:\.(\d+))?(?:e([-+]\d+))?$/.exec(String(Math.abs(value))) ?? [];
    if (whole === undefined) continue;
    decimals = Math.max(decimals, part.length - Number(exponent));
    figures = Math.max(figures, (whole + part).replace(/^0+/, '').length);
  }
  return Float64Array.from(values, (value) => {
    const size = value === 0 ? -Infinity : Math.floor(Math.log10(Math.abs(value)));
    const last = Math.max(10 ** -decimals, 10 ** (size + 1 - figures));
    return single ? Math.max(last, 1.2e-7 * Math.abs(value)) : last;
  });
}
