import { z } from 'zod';

const finite = z.number();
const positive = z.number().positive();

/** Columns of a run's tables by what they are of the confinement. */
const common = {
  /** Column of the distance between the centres of host and guest. */
  distance: z.string(),
  /** κ of κ (x − a)², kJ/mol/nm², as PLUMED's walls have it: without a half. */
  kappa: positive,
  /** From where on no atom of the guest can touch the host, along `distance` or `depth`, nm. */
  clear: positive.optional(),
};
const axial = {
  ...common,
  /** Columns of the place along the axis and of the distance from it. */
  depth: z.string(),
  radial: z.string(),
  /** Ends along the axis, nm. */
  from: finite,
  to: finite,
  /** Of the cylinder, nm. */
  radius: positive,
};

const sphere = z.object({ kind: z.literal('sphere'), ...common, radius: positive });
const cylinder = z.object({ kind: z.literal('cylinder'), ...axial });
const funnel = z.object({
  kind: z.literal('funnel'),
  ...axial,
  /** Where the cone becomes the cylinder, nm along the axis. */
  neck: finite,
  /** Between the cone and its axis, rad. */
  angle: z
    .number()
    .positive()
    .lt(Math.PI / 2),
});

/** Of a sphere, a cylinder, or a cone that becomes a cylinder. Lengths in nm, energies in kJ/mol. */
export const confinementSchema = z.discriminatedUnion('kind', [sphere, cylinder, funnel]);
export type Confinement = z.infer<typeof confinementSchema>;
export type SphereConfinement = z.infer<typeof sphere>;
export type AxialConfinement = Exclude<Confinement, SphereConfinement>;

/** What a confinement has a column of. */
export type Coordinate = 'distance' | 'depth' | 'radial';

/** The coordinates that a confinement has, with their columns. */
export function coordinatesOf(confinement: Confinement): [Coordinate, string][] {
  const { distance } = confinement;
  if (confinement.kind === 'sphere') return [['distance', distance]];
  const { depth, radial } = confinement;
  return [
    ['distance', distance],
    ['depth', depth],
    ['radial', radial],
  ];
}

/** How far from the axis the wall is at a depth, nm. */
export function radiusAt(confinement: AxialConfinement, depth: number): number {
  const { radius } = confinement;
  if (confinement.kind === 'cylinder') return radius;
  return radius + Math.max(0, confinement.neck - depth) * Math.tan(confinement.angle);
}

/** U of the walls at a place, kJ/mol. */
export function wallEnergy(
  confinement: Confinement,
  { distance = 0, depth = 0, radial = 0 }: Partial<Record<Coordinate, number>>,
): number {
  const { kappa, radius } = confinement;
  const beyond = (excess: number): number => kappa * Math.max(0, excess) ** 2;
  if (confinement.kind === 'sphere') return beyond(distance - radius);
  const { from, to } = confinement;
  return beyond(depth - to) + beyond(from - depth) + beyond(radial - radiusAt(confinement, depth));
}
