import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  descriptorLabels,
  descriptorSet,
  type Descriptor,
  pointSerial,
  type DescriptorSet,
  type Point,
} from '../../src/descriptors/index.js';
import { descriptorStatements } from '../../src/plumed/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import { worstDifference } from './agreement.js';
import type { Installation } from './installation.js';
import { writeModelFiles } from './model-files.js';
import { networkCase, randomLayers } from './network-case.js';
import { runTimer } from './time-steps.js';
import type { Effort, Timing } from './timing.js';
import { least, leastInput, type Plugins } from './variants.js';

// What binding needs: contacts between two molecules, distances between their parts, and the water around four of their
// atoms, which has thousands of partners of which few are near.

const network = networkCase('50-32-16-2');
const molecule = 60;
const waters = 2100;
const switching = { form: 'rational', r0: 0.35, d0: 0, nn: 6, mm: 12, dmax: 0.8 } as const;

/** ONNX_MODEL from ATOMS. */
export const waterModel = 'onnx-model-atoms-double';

/** What was measured, in the order of the table. */
export interface WaterResult {
  timings: readonly Timing[];
  /**
   * What one more far atom costs, ns: in all; over an action that only requests it at every step, over one that also puts a force on
   * one of its atoms, so that PLUMED hands on the forces of all; and what requesting it costs.
   */
  perFarAtom: { all: number; overRequest: number; overForced: number; request: number };
}

/** Oxygens of so many waters behind the molecule, O H H each. */
const oxygens = (count: number): number[] => Array.from({ length: count }, (_, i) => molecule + 1 + 3 * i);

/** Water about an atom. */
const hydration = (atom: number, count: number): Descriptor => ({
  kind: 'coordination',
  atoms: [atom],
  partners: oxygens(count),
  switching,
});

function descriptors(): DescriptorSet {
  const contacts = Array.from({ length: 40 }, (_, i): Descriptor => ({
    kind: 'contact',
    atoms: [1 + (i % 20), 31 + ((7 * i) % 30)],
    switching: { form: 'rational', r0: 0.45, d0: 0, nn: 6, mm: 12 },
  }));
  const points = [1, 11, 21, 31, 41, 51].map((first): Point => ({
    kind: 'centre',
    atoms: Array.from({ length: 10 }, (_, i) => first + i),
  }));
  const pairs = [0, 1, 2].flatMap((i) => [
    [i, 3 + i],
    [i, 3 + ((i + 1) % 3)],
  ]);
  const distances = pairs.map(([i, j]): Descriptor => ({
    kind: 'distance',
    atoms: [pointSerial(i), pointSerial(j)],
  }));
  const sites = [3, 35, pointSerial(0), pointSerial(3)];
  const water = sites.map((site) => hydration(site, waters));
  return descriptorSet([...contacts, ...distances, ...water], { points });
}

const restraint = (outputs: readonly string[]): string =>
  `RESTRAINT ARG=${outputs.join(',')} AT=${outputs.map(() => -2).join(',')} KAPPA=${outputs.map(() => 10).join(',')}`;

async function written(folder: string, texts: Record<string, readonly string[]>): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    Object.entries(texts).map(async ([label, lines]) => {
      const path = join(folder, `${label}.dat`);
      await writeFile(path, [...lines, ''].join('\n'));
      return `${label}=${path}`;
    }),
  );
}

/**
 * Times a biased step of the case with PLUMED's actions, without and with its lists of neighbours, and with ATOMS.
 * @throws `bad-data` where they give other forces
 */
export async function timeWater(
  installation: Installation,
  effort: Effort,
  folder: string,
): Promise<WaterResult> {
  await mkdir(folder, { recursive: true });
  const { plugins } = installation;
  const set = descriptors();
  const files = await writeModelFiles(
    network,
    randomLayers(network),
    set,
    folder,
    installation.torchScriptWriter,
  );
  const load = (plugin: string): string => `LOAD FILE={${plugin}}`;
  const outputs = ['cv.node-0', 'cv.node-1'];
  const statements = descriptorStatements(set);
  const listed = statements.map((line) =>
    line.includes(`,${oxygens(waters).at(-1)} `) ? `${line} NLIST NL_CUTOFF=1 NL_STRIDE=10` : line,
  );
  const torch = (lines: readonly string[]): string[] => [
    load(plugins.pytorch),
    ...lines,
    `cv: PYTORCH_MODEL FILE={${files.torchScript}} ARG=${descriptorLabels(set).join(',')}`,
    restraint(outputs),
  ];
  const atoms = `ATOMS=${set.atoms.join(',')}`;
  const inputs = await written(folder, {
    [least]: [leastInput],
    ...requests(plugins, atoms),
    'pytorch-model': torch(statements),
    'pytorch-model-nlist': torch(listed),
    [waterModel]: [
      load(plugins.latentcv),
      `cv: ONNX_MODEL FILE={${files.onnx}} LABELS=ignore ${atoms}`,
      restraint(outputs),
    ],
  });
  const system = { atoms: molecule + 3 * waters, walking: 1 as const };
  const timings = await runTimer(inputs, molecule, installation, effort, folder, system);
  expectAgreement(timings);
  return { timings, perFarAtom: await perFarAtom(installation, effort, folder) };
}

function expectAgreement(timings: readonly Timing[]): void {
  const of = (label: string): Timing => timings.find((timing) => timing.label === label)!;
  for (const label of ['pytorch-model', 'pytorch-model-nlist']) {
    const worst = worstDifference(of(waterModel), of(label));
    if (worst > 2e-5)
      throw new LatentcvError(
        'bad-data',
        `${label} gives other forces than ${waterModel}: ${worst.toExponential(1)}`,
      );
  }
}

/**
 * One coordination among ever more waters at the same density, beside requesting the same atoms, without and with a force
 * on one of them: the slopes of the differences, ns.
 */
async function perFarAtom(
  installation: Installation,
  effort: Effort,
  folder: string,
): Promise<WaterResult['perFarAtom']> {
  const { plugins, torchScriptWriter } = installation;
  const one = networkCase('1-2');
  const counts = [waters, 4 * waters];
  const times: Record<string, number>[] = [];
  for (const count of counts) {
    const place = join(folder, `far-${count}`);
    await mkdir(place, { recursive: true });
    const set = descriptorSet([hydration(3, count)]);
    const { onnx } = await writeModelFiles(one, randomLayers(one), set, place, torchScriptWriter);
    const atoms = `ATOMS=${set.atoms.join(',')}`;
    const inputs = await written(place, {
      ...requests(plugins, atoms),
      model: [
        `LOAD FILE={${plugins.latentcv}}`,
        `cv: ONNX_MODEL FILE={${onnx}} LABELS=ignore ${atoms}`,
        restraint(['cv.node-0', 'cv.node-1']),
      ],
    });
    const system = { atoms: molecule + 3 * count, walking: 1 as const };
    const timings = await runTimer(inputs, molecule, installation, effort, place, system);
    times.push(Object.fromEntries(timings.map(({ label, microseconds }) => [label, microseconds.min])));
  }
  const slope = (label: string): number =>
    (1000 * (times[1][label] - times[0][label])) / (counts[1] - counts[0]);
  return {
    all: slope('model'),
    overRequest: slope('model') - slope('request-atoms'),
    overForced: slope('model') - slope('request-atoms-forced'),
    request: slope('request-atoms'),
  };
}

/** The atoms alone, without and with a force on one of them. */
function requests({ requestAtoms }: Plugins, atoms: string): Record<string, string[]> {
  const input = (words: string): string[] => [
    `LOAD FILE={${requestAtoms}}`,
    `r: REQUEST_ATOMS ${words} ${atoms}`,
    'RESTRAINT ARG=r AT=0 KAPPA=10',
  ];
  return { 'request-atoms': input(''), 'request-atoms-forced': input('FORCE') };
}
