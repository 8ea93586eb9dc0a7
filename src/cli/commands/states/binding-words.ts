import type { BindingFreeEnergy, StandardState } from '../../../states/index.js';
import { counted, digits, fixed, withError } from '../../../support/index.js';

/** ΔG° of binding as people read it: of all and of each mode, its volume, its plateau, its course. */
export function bindingLines(found: StandardState): string[] {
  const { confinement, unbound, volume, temperature, total, modes, unboundStates } = found;
  return [
    '',
    `binding at 1 mol/l and ${digits(temperature, 5)} K, unbound where ${unbound}: ${digits(volume, 4)} nm³ of the ${confinement.kind}`,
    ...[total, ...modes].map(row),
    ...(unboundStates.length > 0 ? [`  unbound: ${unboundStates.join(', ')}`] : []),
    ...plateauLine(found),
    ...boundaryLine(found),
    ...courseLine(found),
    `  ${found.formula}`,
    ...found.assumptions.map((line) => `  assumed: ${line}`),
  ];
}

const number = (value: number | null, error: number | null): string =>
  value === null ? '-' : error === null ? `${fixed(value, 2)} ± ?` : withError(value, error);

function row({ name, deltaG, error, reason, transitions, atWalls }: BindingFreeEnergy): string {
  const walls = atWalls > 0.001 ? `, ${digits(100 * atWalls, 2)} % of it at walls` : '';
  const start = `  ${name.padEnd(8)} ΔG°`;
  if (deltaG === null) return `${start} ${reason}`;
  if (error === null) return `${start} ${reason} (${fixed(deltaG, 2)} kJ/mol in them${walls})`;
  return `${start} = ${withError(deltaG, error)} kJ/mol (${counted(transitions, 'transition')}${walls})`;
}

function plateauLine({ plateau }: StandardState): string[] {
  if (!plateau) return [];
  const shells = plateau.shells.map(({ value, error }) => number(value, error)).join(', ');
  return [
    `  plateau, five shells of equal volume outwards: ${shells} kJ/mol; outer half − inner half ${number(plateau.tilt, plateau.tiltError)}`,
  ];
}

function boundaryLine({ boundaries }: StandardState): string[] {
  if (boundaries.length === 0) return [];
  const places = boundaries.map(({ at, value, error }) => `${digits(at, 3)}: ${number(value, error)}`);
  return [`  with the boundary at ${places.join(', ')}`];
}

function courseLine({ course }: StandardState): string[] {
  const parts = course
    .filter((_, i) => i % 2 === 1)
    .map(({ fraction, value, error }) => `${Math.round(100 * fraction)} %: ${number(value, error)}`);
  return [`  from the first part of the run, ${parts.join(', ')}`];
}
