import type { AxialConfinement, Confinement } from '../../sampling/index.js';
import { digits } from '../../support/index.js';
import type { NameTable } from '../names.js';
import type { InputUnits } from '../units.js';

interface Context {
  names: NameTable;
  units: InputUnits;
}

/** The walls of a confinement, in the units of the input. */
export interface WallStatements {
  lines: string[];
  labels: string[];
}

/** Numbers of a confinement as an input in these units has them. */
export const inUnits = (
  units: InputUnits,
): { length: (x: number) => string; spring: (x: number) => string } => ({
  length: (x) => digits(x / units.length, 12),
  spring: (x) => digits((x * units.length ** 2) / units.energy, 12),
});

/** How far outside of a funnel's side its guest is, of `depth` and `radial`. */
export function excessFormula({ neck, radius, angle }: FunnelShape, units: InputUnits): string {
  const { length } = inUnits(units);
  return `radial-${length(radius)}-${digits(Math.tan(angle), 12)}*step(${length(neck)}-depth)*(${length(neck)}-depth)`;
}

type FunnelShape = Extract<AxialConfinement, { kind: 'funnel' }>;

/**
 * A funnel's side is a wall on a CUSTOM, not PLUMED's FUNNEL, which up to 2.10.1 writes the derivatives of its grid with the wrong sign: its
 * energy has a ripple in every bin, of 0.8 kJ/mol at 0.01 nm and 10,000 kJ/mol/nm², that its forces do not follow.
 */
export function wallStatements(confinement: Confinement, { names, units }: Context): WallStatements {
  const { length, spring } = inUnits(units);
  const kappa = spring(confinement.kappa);
  const wall = (name: string, rest: string): { label: string; line: string } => {
    const label = names.label(undefined, name);
    return { label, line: `${label}: ${rest}` };
  };
  const joined = (parts: readonly { label?: string; line: string }[]): WallStatements => ({
    lines: parts.map(({ line }) => line),
    labels: parts.flatMap(({ label }) => label ?? []),
  });
  if (confinement.kind === 'sphere')
    return joined([
      wall(
        'wall_sphere',
        `UPPER_WALLS ARG=${confinement.distance} AT=${length(confinement.radius)} KAPPA=${kappa}`,
      ),
    ]);
  const { depth, radial, from, to, radius } = confinement;
  const ends = [
    wall('wall_out', `UPPER_WALLS ARG=${depth} AT=${length(to)} KAPPA=${kappa}`),
    wall('wall_back', `LOWER_WALLS ARG=${depth} AT=${length(from)} KAPPA=${kappa}`),
  ];
  if (confinement.kind === 'cylinder')
    return joined([
      ...ends,
      wall('wall_side', `UPPER_WALLS ARG=${radial} AT=${length(radius)} KAPPA=${kappa}`),
    ]);
  const excess = names.label(undefined, 'excess');
  return joined([
    ...ends,
    {
      line: `${excess}: CUSTOM ARG=${depth},${radial} VAR=depth,radial FUNC=${excessFormula(confinement, units)} PERIODIC=NO`,
    },
    wall('wall_funnel', `UPPER_WALLS ARG=${excess} AT=0 KAPPA=${kappa}`),
  ]);
}
