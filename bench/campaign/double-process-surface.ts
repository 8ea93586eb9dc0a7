import { exactDeltaF } from '../../src/free-energy/index.js';
import { muellerBrownFeatures, muellerBrownPlumed } from '../../src/quickstart/systems/index.js';

export type Axis = 'x' | 'y';

/** Barriers in kT at kT = 1: of the slow process and of the other. */
const heights = { slow: 11, other: 8 };
/** What lifts the wells at x = 1 and y = 1 over those at −1, and what couples the two. */
const [tiltX, tiltY, coupling] = [0.8, -0.5, 0.3];

function barriers(slow: Axis): { x: number; y: number } {
  return slow === 'x' ? { x: heights.slow, y: heights.other } : { x: heights.other, y: heights.slow };
}

/** Two wells along x and two along y, in kT: `b (x² − 1)² + b′ (y² − 1)² + 0.8 x − 0.5 y + 0.3 xy`. */
export function doubleProcessEnergy(slow: Axis): (x: number, y: number) => number {
  const { x: alongX, y: alongY } = barriers(slow);
  return (x, y) =>
    alongX * (x * x - 1) ** 2 + alongY * (y * y - 1) ** 2 + tiltX * x + tiltY * y + coupling * x * y;
}

/**
 * The surface in PLUMED's words, seen through the ten mixed coordinates of the Müller–Brown one; without a PRINT.
 * @param slow along which the barrier is the higher one
 */
export function doubleProcessPlumed(slow: Axis): string {
  const { x, y } = barriers(slow);
  const formula = `${x}*(x^2-1)^2+${y}*(y^2-1)^2+${tiltX}*x${tiltY}*y+${coupling}*x*y`;
  const features = muellerBrownPlumed()
    .split('\n')
    .filter((line) => muellerBrownFeatures.includes(line.split(':')[0]));
  return [
    `# two wells along x and two along y, seen through ten mixed coordinates; crossing along ${slow} is the slow process`,
    'UNITS NATURAL',
    'p: DISTANCE ATOMS=1,2 COMPONENTS',
    `v: CUSTOM ARG=p.x,p.y FUNC=${formula} PERIODIC=NO`,
    'surface: BIASVALUE ARG=v',
    ...features,
    '',
  ].join('\n');
}

/** Exact F(above 0) − F(below 0) along an axis at kT = 1, in kT. */
export function doubleProcessDeltaF(slow: Axis, along: Axis): number {
  const domain = { x: [-2.5, 2.5], y: [-2.5, 2.5] } as const;
  return exactDeltaF(doubleProcessEnergy(slow), domain, 1, (x, y) => (along === 'x' ? x : y) > 0);
}
