import { openStructures, type ForeignStructure, type ReadForeign } from '../native/index.js';
import { LatentcvError, readText } from '../support/index.js';
import { elementOfWord } from './atomic-structure.js';
import { expectSymmetry } from './cif-symmetry.js';
import { readCifBlock } from './cif.js';
import type { ReadStructure } from './extended-xyz.js';

/** A result that somebody waits for. */
class Awaited {
  readonly promise: Promise<ReadForeign>;
  resolve!: (read: ReadForeign) => void;
  reject!: (error: unknown) => void;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // nobody may wait for it any more, once another was refused
    this.promise.catch(() => undefined);
  }
}

/** Reads CIFs, all of them in a row as soon as the first is asked for. */
export class CifReader {
  private started = false;
  private readonly found: ReadonlyMap<string, Awaited>;

  constructor(
    private readonly paths: readonly string[],
    private readonly onWarning: ((line: string) => void) | undefined,
  ) {
    this.found = new Map(paths.map((path) => [path, new Awaited()]));
  }

  /** @throws LatentcvError `bad-data`, naming the file, `missing-tool` without chemfiles */
  async read(path: string): Promise<ReadStructure> {
    const block = readCifBlock(await readText(path, 'the structure'), path);
    for (const note of block.notes) this.onWarning?.(note);
    if (!this.started) this.start();
    const read = await this.found.get(path)!.promise;
    if (read instanceof LatentcvError) throw read;
    const structure = structureOf(read, path);
    expectSymmetry(block, structure, path);
    return structure;
  }

  private start(): void {
    this.started = true;
    openStructures(this.paths, (place, read) => this.found.get(this.paths[place])!.resolve(read)).catch(
      (error: unknown) => {
        for (const each of this.found.values()) each.reject(error);
      },
    );
  }
}

function structureOf({ names, types, positions, box }: ForeignStructure, path: string): ReadStructure {
  const elements = types.map((type, atom) => {
    const found = elementOfWord(type) ?? elementOfWord(names[atom]);
    if (found !== undefined) return found;
    throw new LatentcvError(
      'bad-data',
      `${path}: expected the element of atom ${atom + 1} but the file tells none (${names[atom] || type || 'no name'})`,
    );
  });
  if (elements.length === 0) throw new LatentcvError('bad-data', `${path}: expected atoms but it has none`);
  return {
    elements,
    positions: Float64Array.from(positions),
    ...(box && { cell: Float64Array.from(box) }),
    facts: new Map(),
  };
}
