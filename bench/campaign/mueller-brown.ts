import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  muellerBrownDeltaF,
  muellerBrownPesmd,
  muellerBrownPlumed,
} from '../../src/quickstart/systems/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import { latentcv } from '../latentcv.js';
import type { CampaignPlace, CampaignSystem } from './campaign-system.js';
import { exampleFolder, fromExample } from './example-plan.js';

const production = { length: 6000, replicas: 2 };
const trainings = Array.from({ length: 10 }, (_, i) => i + 1);
const modelFile = (seed: number): string => `training-${seed}.onnx`;
const states = ['--also', 'progress', '--basin', 'progress=-10..1.45', '--cores=progress=1.7..3,-2..0'];

/** kT = 3, where both basins are seen. */
const hot = { temperature: 3, steps: 2_000_000, seed: 1 };

const setting = '--columns f* --latent 1 --lag 5 --layers 32,16 --epochs 30'.split(' ');

/**
 * Ten trainings of one setting, 30 epochs on 10,000 time units at kT = 3, differing in their seed alone: what they say of themselves is
 * alike, and a biased run of 2,500 time units crosses 23 to 56 times along five of them, and twice along the other five.
 */
function train({ shared }: CampaignPlace): string[] {
  const missing = trainings.filter((seed) => !existsSync(join(shared, modelFile(seed))));
  if (missing.length > 0) {
    mkdirSync(shared, { recursive: true });
    writeFileSync(join(shared, 'hot.dat'), muellerBrownPlumed(50));
    writeFileSync(join(shared, 'hot.in'), muellerBrownPesmd(hot));
    latentcv(['run', '--pesmd', 'hot.in', '--plumed', 'hot.dat', '--folder', 'hot'], shared);
  }
  for (const seed of missing)
    latentcv(['train', 'hot', ...setting, '--seed', String(seed), '-o', modelFile(seed)], shared);
  return trainings.map((seed) => join(shared, modelFile(seed)));
}

/** Crossings of one CV in runs of the same length scatter by a factor of five, and more: of so many runs the mean. */
const referenceSeeds = [1001, 1002, 1003];

/** Crossings of each training in runs as long as a replica of the production, under the bias of a campaign. */
function reference({ shared, quick }: CampaignPlace): Map<string, number> {
  const length = (quick ? 0.1 : 1) * production.length;
  const sums = new Map<string, number>();
  for (const seed of referenceSeeds) {
    const told = latentcv(
      [
        ...['pilot', ...trainings.map(modelFile), '--pesmd', join(exampleFolder(example), 'pesmd.in')],
        ...['--plumed', join(exampleFolder(example), 'surface.dat'), '--kt', '1', '--barrier', '17'],
        ...['--adaptive-sigma', '--stride', '50', '--seeds', String(seed), ...states],
        ...['--length', String(length), '--folder', `crossings-${length}-${seed}`, '--json'],
      ],
      shared,
    );
    const { pilots } = JSON.parse(told) as { pilots: { model: string; crossing: { crossings: number } }[] };
    for (const { model, crossing } of pilots)
      sums.set(basename(model), (sums.get(basename(model)) ?? 0) + crossing.crossings);
  }
  return new Map([...sums].map(([name, sum]) => [name, Math.round(sum / referenceSeeds.length)]));
}

const example = 'campaign-mueller-brown';

/** The same for every seed. */
let counted: Map<string, number> | undefined;

/** A particle on the Müller–Brown surface, ten trainings at hand of which the campaign has to find a good one. */
export const muellerBrown: CampaignSystem = {
  name: 'mueller-brown',
  unit: 'kT',
  time: 'thousand time units',
  seeds: 10,
  prepare(place) {
    const models = train(place);
    fromExample(example, place.folder, {
      seed: place.seed,
      models,
      training: { seeds: 0 },
      production,
      pilots: { length: 300 },
      budget: { nanoseconds: 100 },
      ...(place.quick && { production: { length: 1000 }, pilots: { length: 50 }, budget: { rounds: 2 } }),
    });
    return Promise.resolve();
  },
  wanted: () => [{ reference: muellerBrownDeltaF(1), referenceError: 0 }],
  ofTen(place, kept) {
    const crossings = (counted ??= reference(place));
    const ofKept = crossings.get(basename(kept));
    if (ofKept === undefined)
      throw new LatentcvError(
        'bad-data',
        `expected one of the ${crossings.size} CVs at hand but ${kept} was kept`,
      );
    return { crossings: ofKept, bestOfTen: Math.max(...crossings.values()) };
  },
};
