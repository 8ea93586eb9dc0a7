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

/** How far a guest may be behind a wall where FUNNEL's grid ends, nm: at PLUMED's end of a grid the run stops. */
const reach = 0.4;
/** Between points of FUNNEL's grid, nm. */
const spacing = 0.01;

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

/** @param byFunnel whether a funnel's side is PLUMED's FUNNEL */
export function wallStatements(
  confinement: Confinement,
  { names, units }: Context,
  byFunnel = false,
): WallStatements {
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
  if (byFunnel) return joined([...ends, wall('funnel', funnelWords(confinement, { names, units }))]);
  const excess = names.label(undefined, 'excess');
  return joined([
    ...ends,
    {
      line: `${excess}: CUSTOM ARG=${depth},${radial} VAR=depth,radial FUNC=${excessFormula(confinement, units)} PERIODIC=NO`,
    },
    wall('wall_funnel', `UPPER_WALLS ARG=${excess} AT=0 KAPPA=${kappa}`),
  ]);
}

/** FUNNEL's KAPPA has a half, unlike the walls'. Its file is named by what it holds, as FUNNEL reads any that is there. */
function funnelWords(confinement: FunnelShape, { names, units }: Context): string {
  const { depth, radial, from, to, radius, neck, angle, kappa } = confinement;
  const { length, spring } = inUnits(units);
  // where the cone hardly opens, the grid has to go farther back to be as wide as the guest needs
  const below = Math.max(reach, Math.min(2, reach / Math.tan(angle)));
  const [low, high] = [from - below, to + reach];
  const wide = radius + Math.tan(angle) * (neck - low);
  const shape = [
    ...[`ZCC=${length(neck)}`, `ALPHA=${digits(angle, 12)}`, `RCYL=${length(radius)}`],
    ...[`MINS=${length(low)}`, `MAXS=${length(high)}`, `KAPPA=${spring(2 * kappa)}`],
    ...[`NBINS=${Math.ceil((high - low) / spacing)}`, `NBINZ=${Math.ceil(wide / spacing)}`],
  ];
  const file = names.file(undefined, `FUNNEL_${fingerprint(shape.join(' '))}`, 'funnel');
  return `FUNNEL ARG=${depth},${radial} ${shape.join(' ')} FILE=${file}`;
}

/** FNV-1a, 32 bits. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
