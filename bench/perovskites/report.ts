import { table } from '../table.js';
import type { Coverage, Measured } from './properties.js';
import { proposals, type Proposed } from './designs.js';

const metricsOf = ({ metrics }: Measured): string => `${metrics.r2.toFixed(3)}, ${metrics.mae.toFixed(1)}`;

/** Contenders down, sizes across: R² and MAE (meV/atom) each. */
export function sizeTable(rows: readonly Measured[], heldOutBy: string): string {
  const own = rows.filter((row) => row.heldOutBy === heldOutBy);
  const sizes = [...new Set(own.map(({ size }) => size))].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
  const contenders = [...new Set(own.map(({ contender }) => contender))];
  const cell = (contender: string, size: number | null): string => {
    const found = own.find((row) => row.contender === contender && row.size === size);
    return found ? metricsOf(found) : '';
  };
  const head = ['R², MAE (meV/atom)', ...sizes.map((size) => (size === null ? 'not shrunk' : String(size)))];
  return table([head, ...contenders.map((name) => [name, ...sizes.map((size) => cell(name, size))])]);
}

/** What the defaults reach, a line for each way of holding out. */
export interface Defaults {
  heldOutBy: string;
  property: string;
  members: number;
  r2: number;
  mae: number;
  /** Of a training, s. */
  seconds: number;
  constant?: Coverage;
  scaled?: Coverage;
  /** With intervals from the errors of random folds. */
  fromRandom?: Coverage;
}

const percent = (part: number): string => (100 * part).toFixed(1);

export function defaultsTable(rows: readonly Defaults[]): string {
  const intervals = (each: Coverage | undefined): string =>
    each ? `${percent(each.held)}, ${percent(each.most)} (±${each.halfWidth.toFixed(1)})` : '';
  const head = [
    ...['held out', 'property', 'members', 'R²', 'MAE', 's a member'],
    ...['of one width', 'by spread', 'by spread, from random folds'],
  ];
  return table([
    head,
    ...rows.map(({ heldOutBy, property, members, r2, mae, seconds, constant, scaled, fromRandom }) => [
      ...[heldOutBy, property, String(members), r2.toFixed(3), mae < 1 ? mae.toFixed(4) : mae.toFixed(1)],
      ...[seconds.toFixed(1), intervals(constant), intervals(scaled), intervals(fromRandom)],
    ]),
  ]);
}

/** Energies up to which a row counts as stable, meV/atom. */
const stable = [0, 40] as const;

/** Of the rows that each proposes first, those that are stable: mean and deviation over the splits. */
export function designsTable(rows: readonly Proposed[]): string {
  const contenders = [...new Set(rows.map(({ by }) => by))];
  const head = [
    'proposed by',
    `rows`,
    ...stable.map((most) => (most === 0 ? 'on the hull' : `≤ ${most} meV/atom`)),
  ];
  const body = contenders.map((contender) => {
    const own = rows.filter(({ by }) => by === contender);
    const counts = stable.map((most) =>
      own.map(({ energies }) => {
        const good = energies.filter((energy) => energy <= most).length;
        return contender.startsWith('all') ? (proposals * good) / energies.length : good;
      }),
    );
    const sizes = [...new Set(own.map(({ energies }) => energies.length))].join(', ');
    return [contender, sizes, ...counts.map(spread)];
  });
  return table([head, ...body]);
}

function spread(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  if (values.length < 2) return mean.toFixed(1);
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2 / (values.length - 1), 0);
  return `${mean.toFixed(1)} ± ${Math.sqrt(square).toFixed(1)}`;
}
