import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exactDeltaF } from '../../free-energy/index.js';
import {
  basinBoundary,
  muellerBrownDomain,
  muellerBrownEnergy,
  muellerBrownFormula,
  progressFormula,
} from './mueller-brown-surface.js';

/** Labels of the mixed coordinates, the model's inputs. */
export const muellerBrownFeatures: readonly string[] = Array.from({ length: 10 }, (_, k) => `f${k + 1}`);

export interface MuellerBrownOptions {
  folder: string;
  /** kT in the units of the surface. */
  temperature: number;
  /** Steps of 0.005. */
  steps: number;
  seed: number;
  /** Steps between lines of the COLVAR file; default 100. */
  stride?: number;
}

export interface MuellerBrownRun {
  folder: string;
  /** What `plumed pesmd` reads on its standard input. */
  input: string;
  /** The PLUMED input that the run names, `plumed.dat`: patch it to add a bias. */
  plumed: string;
  colvar: string;
  /** The command, as typed in `folder`. */
  command: string;
}

/**
 * The surface, ten mixed coordinates and what judges them, as a PLUMED input in natural units.
 * Coordinate k looks at the plane from its own direction, bent by what it sees from the side:
 * `u + sin(2v) / 3` with u = x cos θ + y sin θ, v = y cos θ − x sin θ, θ = (k − ½)π/10.
 */
export function muellerBrownPlumed(stride = 100, file = 'COLVAR'): string {
  const features = muellerBrownFeatures.map((label, k) => {
    const [cos, sin] = [Math.cos(((k + 0.5) * Math.PI) / 10), Math.sin(((k + 0.5) * Math.PI) / 10)].map((v) =>
      v.toFixed(6),
    );
    const formula = `${cos}*x+${sin}*y+sin(2*(${cos}*y-${sin}*x))/3`
      .replaceAll('+-', '-')
      .replaceAll('--', '+');
    return `${label}: CUSTOM ARG=p.x,p.y FUNC=${formula} PERIODIC=NO`;
  });
  return [
    '# a particle on the Müller–Brown surface, seen through ten mixed coordinates',
    'UNITS NATURAL',
    'p: DISTANCE ATOMS=1,2 COMPONENTS',
    `v: CUSTOM ARG=p.x,p.y FUNC=${muellerBrownFormula()} PERIODIC=NO`,
    'surface: BIASVALUE ARG=v',
    ...features,
    `progress: CUSTOM ARG=p.x,p.y FUNC=${progressFormula} PERIODIC=NO`,
    `PRINT ARG=p.x,p.y,progress,${muellerBrownFeatures.join(',')} STRIDE=${stride} FILE=${file}`,
    '',
  ].join('\n');
}

/**
 * What `plumed pesmd` reads: Langevin dynamics of one particle of mass 1 in two dimensions, from minimum A. A friction
 * of 2 crosses most often: with 10, OPES on x and y crossed 57 times in a million steps, with 2 it crossed 506 times.
 */
export function muellerBrownPesmd(
  options: Pick<MuellerBrownOptions, 'temperature' | 'steps' | 'seed'>,
): string {
  return [
    `temperature ${options.temperature}`,
    'tstep 0.005',
    'friction 2',
    'dimension 2',
    `nstep ${options.steps}`,
    'ipos -0.558,1.442',
    'periodic false',
    'plumed plumed.dat',
    `idum ${options.seed}`,
    '',
  ].join('\n');
}

/** Writes `plumed.dat` and `pesmd.in` for a run, ready to be patched or run. */
export function prepareMuellerBrown(options: MuellerBrownOptions): MuellerBrownRun {
  const { folder } = options;
  mkdirSync(folder, { recursive: true });
  const [input, plumed] = [join(folder, 'pesmd.in'), join(folder, 'plumed.dat')];
  writeFileSync(input, muellerBrownPesmd(options));
  writeFileSync(plumed, muellerBrownPlumed(options.stride));
  const command = 'plumed --no-mpi pesmd < pesmd.in';
  return { folder, input, plumed, colvar: join(folder, 'COLVAR'), command };
}

/** Exact F(B) − F(A) at a temperature, in the surface's units: what a biased run should find. */
export function muellerBrownDeltaF(temperature: number): number {
  return exactDeltaF(muellerBrownEnergy, muellerBrownDomain, temperature, (x, y) => y - x < basinBoundary);
}
