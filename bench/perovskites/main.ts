// Properties of 1,926 oxides by latents of several sizes, beside principal components, variance selection and no compression, kernel
// ridge regression and forests of scikit-learn; intervals; designs beside a forest's first choices. Parts that were done are kept.
// usage: node dist/bench/perovskites/main.js [--quick] [--json] [--record] [--seeds N] [--splits N] [--sizes 2,4] [--only PART …]
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LatentcvError } from '../../src/index.js';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';
import { writeWhole } from '../../src/support/index.js';
import { ContestantProcess } from '../contestants/contestant-process.js';
import { commonOptions, runBench, type BenchResult } from '../run-bench.js';
import { proposals, proposedOf, type Proposed } from './designs.js';
import { foldsByElement, randomFolds } from './folds.js';
import { Kept } from '../kept.js';
import { formation, hull, readOxides, type Oxides } from './oxides.js';
import {
  coverage,
  ensembleOf,
  measuredOf,
  ownOf,
  theirs,
  type HeldOutBy,
  type Latents,
  type Learning,
  type Measured,
  type Predictions,
} from './properties.js';
import type { LearningProtocol } from './protocol.js';
import { defaultsTable, designsTable, sizeTable, type Defaults } from './report.js';

const parts = ['defaults', 'sizes', 'autoencoders', 'designs'] as const;
type Part = (typeof parts)[number];

function readOptions() {
  const { values } = parseArgs({
    options: {
      ...commonOptions,
      seeds: { type: 'string' },
      splits: { type: 'string' },
      sizes: { type: 'string' },
      only: { type: 'string', multiple: true },
    },
  });
  const { quick, json, record, only = [...parts] } = values;
  const unknown = only.find((part) => !parts.includes(part as Part));
  if (unknown !== undefined)
    throw new LatentcvError(
      'bad-argument',
      `expected one of ${parts.join(', ')} for --only but received ${unknown}`,
    );
  return {
    ...{ quick, json, record, only },
    seeds: Number(values.seeds ?? (quick ? 1 : 3)),
    splits: Number(values.splits ?? (quick ? 1 : 5)),
    sizes: (values.sizes ?? (quick ? '2' : '2,4,8,16,32')).split(',').map(Number),
    members: quick ? 2 : 5,
  };
}
type Options = ReturnType<typeof readOptions>;

interface Tools {
  kept: Kept;
  oxides: Oxides;
  learning: Learning;
}

const randomBy = ({ table }: Oxides, seed: number): HeldOutBy => ({
  name: `random ${seed}`,
  folds: randomFolds(table.frames, seed),
  seed,
});

const elementBy = ({ element }: Oxides): HeldOutBy => ({
  name: 'unseen B elements',
  folds: foldsByElement(element, 1),
  seed: 1,
});

async function defaultsOf({ kept, oxides }: Tools, { seeds, members }: Options): Promise<Defaults[]> {
  const rows: Defaults[] = [];
  const line = (by: HeldOutBy, property: string, own: Predictions): Defaults => {
    const { r2, mae } = measuredOf(oxides, own.predicted, property);
    return { heldOutBy: by.name, property, members, r2, mae, seconds: own.seconds / (5 * members) };
  };
  let first: Predictions | undefined;
  for (let seed = 1; seed <= seeds; seed++) {
    const by = randomBy(oxides, seed);
    const own = await ensembleOf(kept, oxides, by, { size: 2, members });
    first ??= own;
    const held = (scaled: boolean) => coverage(oxides, { own, folds: by.folds }, { scaled });
    rows.push({ ...line(by, hull, own), constant: held(false), scaled: held(true) });
  }
  // another property of the same rows
  const formed = await ensembleOf(kept, oxides, randomBy(oxides, 1), {
    size: 2,
    members,
    property: formation,
  });
  rows.push(line(randomBy(oxides, 1), formation, formed));
  const by = elementBy(oxides);
  const own = await ensembleOf(kept, oxides, by, { size: 2, members });
  const held = (scaled: boolean, from?: Predictions) =>
    coverage(oxides, { own, folds: by.folds }, { scaled, ...(from && { from }) });
  rows.push({
    ...{ ...line(by, hull, own), constant: held(false), scaled: held(true) },
    fromRandom: held(true, first),
  });
  return rows;
}

const latents = (name: string, own: (fold: number) => Promise<{ latent: number[][] }>): Latents => ({
  name,
  of: async (fold) => (await own(fold)).latent,
});

/** Of each size: our latent, and features shrunk otherwise, all before the same regressors. */
async function sizesOf(
  tools: Tools,
  by: HeldOutBy,
  { sizes, only }: Options,
  members: number,
): Promise<Measured[]> {
  const { kept, oxides } = tools;
  const rows: Measured[] = [];
  const add = (contender: string, size: number | null, predicted: Float64Array): void => {
    rows.push({ heldOutBy: by.name, contender, size, metrics: measuredOf(oxides, predicted) });
  };
  for (const size of sizes) {
    const own = await ensembleOf(kept, oxides, by, { size, members: 1 });
    add('latent and its own head, one model', size, own.predicted);
    const given = latents('latent', async (fold) => ownOf(kept, oxides, by, { fold, size, member: 0 }));
    for (const regressor of ['kernel-ridge', 'forest'] as const) {
      const name = regressor === 'forest' ? 'forest' : 'kernel ridge';
      add(`latent, ${name}`, size, await theirs(tools, by, { regressor, reduction: 'given', size, given }));
      for (const reduction of ['pca', 'variance'] as const)
        add(
          `${reduction === 'pca' ? 'PCA' : 'largest variance'}, ${name}`,
          size,
          await theirs(tools, by, { regressor, reduction, size }),
        );
    }
    // more numbers of a latent without a property are not learned of so few rows: 20 of them each are asked for, to validate with
    if (!only.includes('autoencoders') || size > 8) continue;
    const rebuilt = latents('autoencoder', (fold) =>
      ownOf(kept, oxides, by, { fold, size, member: 0, method: 'autoencoder' }),
    );
    add(
      'autoencoder that sees no property, kernel ridge',
      size,
      await theirs(tools, by, { regressor: 'kernel-ridge', reduction: 'given', size, given: rebuilt }),
    );
  }
  if (members > 1)
    add(
      `latent and its own head, ensemble of ${members}`,
      2,
      (await ensembleOf(kept, oxides, by, { size: 2, members })).predicted,
    );
  for (const regressor of ['kernel-ridge', 'forest'] as const)
    add(
      regressor === 'forest' ? 'forest' : 'kernel ridge',
      null,
      await theirs(tools, by, { regressor, reduction: 'none', size: 0 }),
    );
  return rows;
}

async function bench(options: Options): Promise<BenchResult> {
  const kept = new Kept('bench-perovskites', options.quick ? 'quick' : 'whole');
  const oxides = await readOxides();
  const learning = await learningOf(kept, oxides);
  const tools = { kept, oxides, learning };
  try {
    const { only, splits, members } = options;
    const defaults = only.includes('defaults') ? await defaultsOf(tools, options) : [];
    const sizes: Measured[] = [];
    if (only.includes('sizes'))
      for (const by of [randomBy(oxides, 1), elementBy(oxides)])
        sizes.push(...(await sizesOf(tools, by, options, only.includes('defaults') ? members : 1)));
    const designs: Proposed[] = [];
    if (only.includes('designs'))
      for (let split = 1; split <= splits; split++) designs.push(...(await proposedOf(tools, split)));
    return {
      title: 'bench:perovskites',
      tables: tablesOf(oxides, { defaults, sizes, designs }),
      rows: [...defaults, ...sizes, ...designs],
    };
  } finally {
    await learning.end();
  }
}

/** scikit-learn, told the features and the properties. */
async function learningOf({ folder }: Kept, { table, features }: Oxides): Promise<Learning> {
  await mkdir(folder, { recursive: true });
  const problem = join(folder, 'problem.json');
  const width = table.columns.length;
  const row = (at: number): number[] => [...table.data.subarray(at * width, (at + 1) * width)];
  const rows = Array.from({ length: table.frames }, (_, at) => row(at));
  const properties = Object.fromEntries(
    [hull, formation].map((name, i) => [name, rows.map((values) => values[features.length + i])]),
  );
  const told = { features: rows.map((values) => values.slice(0, features.length)), properties };
  await writeWhole(problem, JSON.stringify(told));
  const python =
    process.env.LATENTCV_LEARNING_PYTHON ?? join(cacheFolder(), 'python-learning', 'bin', 'python');
  return new ContestantProcess<LearningProtocol>({
    name: 'scikit-learn',
    command: python,
    args: [join(packageRoot(), 'bench', 'perovskites', 'contestant.py'), problem],
    env: {
      ...{ OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
      PYTHONPATH: join(packageRoot(), 'bench', 'contestants'),
    },
  });
}

function tablesOf(
  { table, features }: Oxides,
  found: { defaults: Defaults[]; sizes: Measured[]; designs: Proposed[] },
): string {
  const { defaults, sizes, designs } = found;
  const heldOut = [...new Set(sizes.map(({ heldOutBy }) => heldOutBy))];
  return [
    `${table.frames} oxides, ${features.length} features; energy above the hull in meV/atom, five folds.`,
    ...(defaults.length > 0
      ? [
          'Defaults; of 90 % intervals, how many percent of the rows they hold, of the third with most spread, and their mean half width:',
          defaultsTable(defaults),
        ]
      : []),
    ...heldOut.flatMap((name) => [`Held out: ${name}.`, sizeTable(sizes, name)]),
    ...(designs.length > 0
      ? [
          `Of a fifth held back, the first ${proposals} proposed, and how many of them are stable; mean ± SD of the splits:`,
          designsTable(designs),
        ]
      : []),
  ].join('\n\n');
}

await runBench(readOptions, bench);
