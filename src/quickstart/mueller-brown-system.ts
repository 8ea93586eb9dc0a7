import { join, relative } from 'node:path';
import { pesmdEngine } from '../programs/index.js';
import { temperatureOf } from '../sampling/index.js';
import type { QuickstartSettings, QuickstartSystem } from './system.js';
import {
  basinBoundary,
  progressCores,
  muellerBrownDeltaF,
  muellerBrownFeatures,
  muellerBrownPesmd,
  muellerBrownPlumed,
} from './systems/index.js';

const pesmdStep = 0.005;
/** kT of the frames to learn from, and of the biased run, in the surface's units. */
const hot = 3;
const room = 1;
const printStride = 50;

/** A particle on the Müller–Brown surface in PLUMED's pesmd, seen through ten mixed coordinates. */
export function muellerBrownSystem(folder: string, settings: QuickstartSettings): QuickstartSystem {
  const stepsOf = (length: number): number => Math.round((length * 1000) / pesmdStep);
  const { trainingLength = 10 } = settings;
  const seeds = Array.from({ length: settings.replicas }, (_, i) => settings.seed * 1000 + i + 1);
  const pesmd = (temperature: number, nstep: number, seed: number): string =>
    muellerBrownPesmd({ temperature, steps: nstep, seed });
  const file = (kind: string, replica: number): string => {
    const several = kind === 'training' ? false : settings.replicas > 1;
    return relative(process.cwd(), join(folder, kind, several ? `replica-${replica}` : '', 'pesmd.in'));
  };
  return {
    title: 'A particle on the Müller–Brown surface along a learned collective variable',
    summary:
      `${settings.replicas} × ${settings.length},000 time units of OPES in PLUMED's pesmd at kT = ${room}, biased along one latent of ` +
      'an autoencoder that was trained on ten mixed coordinates. The exact answer is known by quadrature. Energies are in units of kT.',
    training: {
      engine: pesmdEngine({
        input: pesmd(hot, stepsOf(trainingLength), 0),
        seeds: [settings.seed * 1000],
        colvar: 'COLVAR',
      }),
      frames: {
        kind: 'colvar',
        input: muellerBrownPlumed(printStride),
        columns: [...muellerBrownFeatures],
      },
      options: { lag: 5, hidden: [32, 16], seed: settings.seed, scaling: 'common' },
      run: { name: `kT = ${hot}, unbiased`, engine: 'pesmd' },
      note: `${trainingLength},000 time units without a bias at kT = ${hot}, where both basins are seen.`,
    },
    production: {
      engine: pesmdEngine({
        input: pesmd(room, stepsOf(settings.length), 0),
        seeds,
        colvar: 'COLVAR_biased',
      }),
      input: muellerBrownPlumed(printStride).replace(/^PRINT.*\n/m, ''),
      temperature: temperatureOf(room),
      kT: room,
      barrier: 17,
      pace: 500,
      stride: printStride,
    },
    against: ['progress', 'p.x'],
    question: {
      basins: [{ column: 'progress', interval: [-10, basinBoundary] }],
      cores: { column: 'progress', sets: [progressCores.a, progressCores.b] },
    },
    expected: {
      symbol: 'ΔF(B − A)',
      reference: muellerBrownDeltaF(room),
      referenceError: 0,
      referenceSource: 'quadrature of the surface',
      wantedError: 1,
      wantedTransitions: 5 * settings.length * settings.replicas,
    },
    figures: {
      // The page divides PLUMED's time by 1000.
      units: { energy: 'kT', time: 'thousand time units' },
      x: { label: 'y − x' },
      y: { label: 'x' },
      cv: { label: 'CV (node-0)' },
      states: { a: 'A', b: 'B', interval: [-10, basinBoundary] },
    },
    temperatureOption: `--kt ${room}`,
    preparation: [],
    runCommand: (kind, { plumedInput, folder: runFolder, replica }) =>
      `latentcv run --engine pesmd --pesmd ${file(kind, replica)} --plumed ${plumedInput} --folder ${runFolder}`,
  };
}
