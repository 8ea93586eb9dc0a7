import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentcvError } from '../../../src/support/errors.js';
import type { Installation } from '../installation.js';
import { writeModelFiles } from '../model-files.js';
import { distancesFor, networkCase, randomLayers } from '../network-case.js';
import { plumedInput, type Variant } from '../variants.js';
import { solvatedPeptide, type SolvatedPeptide } from './solvated-peptide.js';
import { findGromacs, runMdrun, type GromacsInstall } from '../../../src/programs/index.js';

/** Networks on 45 distances (the peptide's heavy atoms), and on 1,000 and 4,500 with water oxygens among the atoms. */
const networks = ['45-64-32-2', '1000-256-64-2', '4500-512-128-2'];
const variants: readonly Variant[] = [
  'pytorch-model',
  'onnx-model-arg',
  'onnx-model-atoms-double',
  'onnx-model-atoms-float',
];

/** So weak that the run is the same whatever the network says, in kJ/mol. */
const kappa = 1e-6;

export interface WholeRunRow {
  /** Undefined without PLUMED. */
  network?: string;
  variant: Variant | 'no PLUMED';
  /** The best of the rounds. */
  nanosecondsPerDay: number;
}

export interface WholeRunResult {
  atoms: number;
  rows: WholeRunRow[];
}

interface Case extends Omit<WholeRunRow, 'nanosecondsPerDay'> {
  plumedFile?: string;
}

/**
 * ns/day of GROMACS on one core with a solvated peptide: plain, and with a restraint on a network of distances, evaluated
 * by PYTORCH_MODEL and by ONNX_MODEL. The cases take turns for `rounds` rounds of `seconds` each.
 */
export async function wholeRuns(
  installation: Installation,
  { rounds, seconds }: { rounds: number; seconds: number },
  folder: string,
): Promise<WholeRunResult> {
  const gromacs = await findGromacs();
  const system = await solvatedPeptide(gromacs, join(folder, 'system'));
  const cases: Case[] = [{ variant: 'no PLUMED' }];
  for (const name of networks) cases.push(...(await casesOf(name, system, installation, join(folder, name))));
  const speeds = cases.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    for (const [i, each] of cases.entries()) {
      console.error(`round ${round + 1} of ${rounds}: ${each.variant} ${each.network ?? ''}`);
      const cwd = join(folder, `run-${round}-${i}`);
      speeds[i] = Math.max(speeds[i], await speedOf(each, { system, gromacs, installation, seconds, cwd }));
    }
  }
  const rows = cases.map(({ variant, network }, i) => ({
    network,
    variant,
    nanosecondsPerDay: speeds[i],
  }));
  return { atoms: system.atoms, rows };
}

async function casesOf(
  name: string,
  { heavy }: SolvatedPeptide,
  { plugins, torchScriptWriter }: Installation,
  folder: string,
): Promise<Case[]> {
  await mkdir(folder, { recursive: true });
  const network = networkCase(name);
  const descriptors = distancesFor(network, heavy);
  const files = await writeModelFiles(network, randomLayers(network), descriptors, folder, torchScriptWriter);
  return Promise.all(
    variants.map(async (variant) => {
      const plumedFile = join(folder, `${variant}.dat`);
      await writeFile(plumedFile, plumedInput(variant, network, descriptors, files, plugins, kappa));
      return { network: name, variant, plumedFile };
    }),
  );
}

interface Run {
  system: SolvatedPeptide;
  gromacs: GromacsInstall;
  installation: Installation;
  seconds: number;
  cwd: string;
}

/** ns/day over the second half of the time: what comes before the first step does not count. */
async function speedOf(
  { variant, network, plumedFile }: Case,
  { system, gromacs, installation, seconds, cwd }: Run,
): Promise<number> {
  await mkdir(cwd);
  const { nanosecondsPerDay, logPath } = await runMdrun({
    gromacs,
    plumed: installation.plumed,
    cwd,
    tpr: system.tpr,
    plumedFile,
    steps: 100_000_000,
    extra: ['-maxh', String(seconds / 3600), '-resethway', '-noconfout'],
  });
  if (nanosecondsPerDay !== undefined) return nanosecondsPerDay;
  const what = `${variant} ${network ?? ''}`.trim();
  throw new LatentcvError('tool-failed', `expected mdrun to tell its speed with ${what}`, `see ${logPath}`);
}
