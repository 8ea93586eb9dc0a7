// What latentcv reads of cases, in a process of its own so that a crash or a hang is one of its case alone.
// usage: node dist/bench/mdanalysis/read-case.js FOLDER FRAMES < REQUESTS > ANSWERS    a line of JSON each
import { join } from 'node:path';
import { argv } from 'node:process';
import { createInterface } from 'node:readline';
import { descriptorSet, type Descriptor } from '../../src/descriptors/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import { readStructure, readTrajectory } from '../../src/trajectories/index.js';
import type { Contents, Refusal, Request } from './protocol.js';

const untold = /tells no times/;

async function read(folder: string, most: number, { case: files, descriptors }: Request): Promise<Contents> {
  const path = (file: string): string => join(folder, file);
  const structure = await readStructure(path(files[0]));
  const notes: string[] = [];
  const first = files.length === 1 ? structure : await readStructure(path(files[1]));
  // another number of atoms is told as one
  const wanted = (descriptors ?? []).filter(([, atoms]) => Math.max(...atoms) < structure.size);
  const set = descriptorSet(
    wanted.map(([kind, atoms]) => ({ kind, atoms: atoms.map(serial) }) as Descriptor),
  );
  const trajectory = path(files[files.length - 1]);
  const system = { set, atoms: structure.size };
  const { frames, data, time } = await readTrajectory([trajectory], system, {
    threads: 1,
    onWarning: (note) => notes.push(note.replaceAll(join(folder, '/'), '')),
  });
  const width = wanted.length;
  const kept = Math.min(most, frames);
  const words = (texts: readonly string[]): string[] | null => (texts.some(Boolean) ? [...texts] : null);
  const ids = [...structure.residueIds];
  return {
    atoms: structure.size,
    frames,
    values: Array.from({ length: kept }, (_, i) => [...data.subarray(i * width, (i + 1) * width)]),
    times: notes.some((note) => untold.test(note)) ? null : [...time.subarray(0, kept)],
    box: (first.box && [...first.box]) ?? null,
    names: words(structure.names),
    residueNames: words(structure.residueNames),
    residueIds: ids.some((id) => !Number.isNaN(id)) ? ids.map(String) : null,
    notes,
  };
}

const serial = (atom: number): number => atom + 1;

async function answer(folder: string, most: number, request: Request): Promise<Contents | Refusal> {
  try {
    return await read(folder, most, request);
  } catch (error) {
    const refused = error instanceof Error ? error.message : String(error);
    return {
      refused: refused.replaceAll(join(folder, '/'), ''),
      hint: error instanceof LatentcvError ? (error.hint ?? '') : 'hint: this is a fault of latentcv',
    };
  }
}

const [folder, most] = argv.slice(2);
for await (const line of createInterface(process.stdin))
  process.stdout.write(
    `${JSON.stringify(await answer(folder, Number(most), JSON.parse(line) as Request))}\n`,
  );
