import { elementSymbols } from '../composition/index.js';
import {
  descriptorLabelOf,
  formatDescriptors,
  formatReferences,
  formatPoint,
  isOfEnvironments,
  partnersOf,
  speciesName,
  type Descriptor,
  type DescriptorSet,
} from '../descriptors/index.js';
import { evaluateDescriptors, type AtomWords } from '../native/index.js';
import { LatentcvError } from '../support/index.js';
import {
  EmptySelection,
  expandDefinition,
  selectAtoms,
  Structure,
  type Definition,
  type DefinitionStatement,
} from '../trajectories/index.js';
import type { AtomicStructure } from './atomic-structure.js';
import { isIntensive, isOfCell, needsCell } from './intensive.js';
import { supercell, type Repeats } from './supercell.js';

/** A number of a structure, by what its statement gives of which groups, and which of these it is. */
export interface DescribedValue {
  /** `rdf_O_by_Ti` */
  base: string;
  /** `.3` */
  component: string;
  value: number;
}

const alone: Repeats = [1, 1, 1];

/** Words of selections that count atoms, or say where they are: no structure has them as another has. */
const ofOneStructure = /(?:^|[\s(])(index|serial|bynum|resid|resnum|resname|chain|segid|x|y|z)(?=[\s<>=!])/;

/**
 * Refuses definitions that are not of any structure: of numbered atoms, or of other files, which a model file does not hold.
 * @throws LatentcvError `bad-argument`
 */
export function expectForStructures({ groups, statements }: Definition): void {
  const texts = [...groups.map(([, selection]) => selection), ...statements.map(({ text }) => text)];
  for (const text of texts) {
    const [, word] = ofOneStructure.exec(` ${text} `) ?? [];
    if (word !== undefined)
      throw new LatentcvError(
        'bad-argument',
        `expected selections that mean the same in every structure, but received ${word} in "${text}"`,
        'such as all, element O, or the symbol of an element',
      );
    if (/\b(aligned|like)\s/.test(text))
      throw new LatentcvError(
        'bad-argument',
        `expected descriptors of a structure alone, but "${text}" compares it with a file`,
        'similarity takes a lattice with its constants, such as fcc=0.405',
      );
  }
}

/**
 * What a definition says of a structure: the numbers of each statement; none where the structure has no atoms of its groups. The core
 * counts images where descriptors look farther than half of the cell.
 * @throws LatentcvError `bad-argument` for what is no fixed number of descriptors, or not of a crystal, `bad-data` where the
 *   structure lacks what a descriptor needs
 */
export async function describeStructure(
  structure: AtomicStructure,
  definition: Definition,
): Promise<DescribedValue[][]> {
  const cells = new Cells(byElement(structure), definition);
  const values: DescribedValue[][] = [];
  for (const statement of definition.statements)
    values.push((await inStructure(structure, statement, () => describeStatement(cells, statement))) ?? []);
  return values;
}

/** Atoms by the alphabet of their elements: pairs of elements then come in one order in all structures. */
function byElement(structure: AtomicStructure): AtomicStructure {
  const { elements, positions } = structure;
  const order = elements
    .map((_, i) => i)
    .sort((i, j) => (elements[i] < elements[j] ? -1 : elements[i] > elements[j] ? 1 : i - j));
  return {
    ...structure,
    elements: order.map((i) => elements[i]),
    positions: Float64Array.from(order.flatMap((i) => [...positions.subarray(3 * i, 3 * i + 3)])),
  };
}

/** One structure in cells of several sizes, each made once. */
class Cells {
  private readonly made = new Map<string, Structure>();

  constructor(
    readonly structure: AtomicStructure,
    private readonly definition: Definition,
  ) {}

  /** The structure in so many of its cells, with the groups of the definition. */
  in(repeats: Repeats): Structure {
    const key = repeats.join();
    const before = this.made.get(key);
    if (before) return before;
    const making = withGroups(supercell(this.structure, repeats), this.definition);
    this.made.set(key, making);
    return making;
  }
}

const wordsOf = (list: readonly string[]): AtomWords => {
  const words = [...new Set(list)];
  const places = new Map(words.map((word, i) => [word, i]));
  return { words, of: Uint32Array.from(list, (word) => places.get(word)!) };
};

/** A structure whose groups are called by their elements too, and as the definition calls them; they may be empty. */
function withGroups(cell: AtomicStructure, { groups }: Definition): Structure {
  const { elements, positions, place } = cell;
  const [own, none] = [wordsOf(elements), { words: [''], of: new Uint32Array(elements.length) }];
  const structure = new Structure(place, {
    ...{ names: own, types: own, elements: own },
    ...{ residueNames: none, chains: none, segments: none, insertionCodes: none },
    residueIds: new Float64Array(elements.length).fill(NaN),
    masses: new Float64Array(elements.length).fill(NaN),
    bonds: new Uint32Array(0),
    positions,
    ...(cell.cell && { box: cell.cell }),
    notes: [],
  });
  for (const symbol of elementSymbols)
    structure.name(
      symbol,
      structure.indices((atom) => elements[atom] === symbol),
    );
  for (const [name, selection] of groups) structure.name(name, orNone(structure, selection));
  return structure;
}

function orNone(structure: Structure, selection: string): Uint32Array {
  try {
    return selectAtoms(structure, selection);
  } catch (error) {
    if (error instanceof EmptySelection) return new Uint32Array(0);
    throw error;
  }
}

/** What goes wrong with a statement is told with the structure; undefined where it has none of the atoms. */
async function inStructure<T>(
  { place }: AtomicStructure,
  { text }: DefinitionStatement,
  describe: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await describe();
  } catch (error) {
    if (error instanceof EmptySelection) return undefined;
    if (!(error instanceof LatentcvError) || error.message.startsWith(place)) throw error;
    const where = error.message.includes(text) ? place : `${place}, "${text}"`;
    throw new LatentcvError(error.code, `${where}: ${error.message}`, error.hint);
  }
}

async function describeStatement(cells: Cells, statement: DefinitionStatement): Promise<DescribedValue[]> {
  const { cell, place } = cells.structure;
  const found = await expanded(cells, statement, cell ? enoughFor(cells.structure, statement) : alone);
  if (cell) expectOfCrystal(statement, found.descriptors);
  else if (found.descriptors.some(needsCell))
    throw new LatentcvError(
      'bad-data',
      `${place}: expected a cell, which "${statement.text}" is of, but the file has none`,
      'an extended XYZ has it as Lattice="…"; coordination … mean and debye need none',
    );
  return valuesOf(statement, found);
}

/** Two cells where an element has one atom, which is no pair; one where the statement is of the cell itself. */
function enoughFor({ elements }: AtomicStructure, { kind }: DefinitionStatement): Repeats {
  if (kind === 'volume' || kind === 'cell' || kind === 'bragg') return alone;
  const counts = new Map<string, number>();
  for (const element of elements) counts.set(element, (counts.get(element) ?? 0) + 1);
  return [...counts.values()].some((count) => count === 1) ? [2, 1, 1] : alone;
}

interface ExpandedStatement {
  structure: Structure;
  set: DescriptorSet;
  /** By serials. */
  descriptors: Descriptor[];
}

async function expanded(
  cells: Cells,
  statement: DefinitionStatement,
  repeats: Repeats,
): Promise<ExpandedStatement> {
  const structure = cells.in(repeats);
  const { set, expansions } = await expandDefinition({ groups: [], statements: [statement] }, structure, {
    boxAlone: true,
  });
  return { structure, set, descriptors: expansions[0].descriptors };
}

/** @throws LatentcvError `bad-argument` for what grows with the number of atoms, which is that of the cell somebody chose */
function expectOfCrystal({ text }: DefinitionStatement, descriptors: readonly Descriptor[]): void {
  if (descriptors.every((each) => isIntensive(each) || isOfCell(each))) return;
  throw new LatentcvError(
    'bad-argument',
    `expected descriptors of a crystal that do not depend on which cell of it a file has, but received "${text}"`,
    'such as coordination … dmax=… mean, rdf, pair-entropy, debye, similarity, steinhardt, volume all',
  );
}

/** @throws LatentcvError `bad-argument` where a statement gives as many numbers as there are atoms */
function valuesOf(statement: DefinitionStatement, found: ExpandedStatement): DescribedValue[] {
  const { structure, set, descriptors } = found;
  const { positions, box } = structure.places();
  const values = evaluateDescriptors(
    {
      descriptors: formatDescriptors(set.items),
      references: formatReferences(set.references ?? []),
      points: (set.points ?? []).map(formatPoint),
      minimumImage: set.pbc,
    },
    Float64Array.from(set.atoms.flatMap((serial) => [...positions.subarray(3 * serial - 3, 3 * serial)])),
    box,
  );
  const named = descriptors.map((descriptor, i) => ({
    ...descriptorLabelOf(descriptor, groupWords(statement, descriptor, structure)),
    value: values[i],
  }));
  const labels = new Set(named.map(({ base, component }) => base + component));
  if (labels.size === named.length) return named;
  throw new LatentcvError(
    'bad-argument',
    `expected descriptors whose number is the same in every structure, but "${statement.text}" gives one for each of its atoms or pairs`,
    'such as coordination … mean, rdf … by elements, or distance between two named atoms',
  );
}

/** `all`, `O_by_Ti`, `element_O`: what a statement's groups are called in labels. */
function groupWords(statement: DefinitionStatement, descriptor: Descriptor, { elements }: Structure): string {
  const words = statement.words.map((word) => word.replace(/^[("']+|[)"']+$/g, '').replace(/[^\w.*]+/g, '_'));
  const asWritten = words.join(statement.kind === 'cell' ? '' : '_');
  if (statement.kind === 'cell') return '';
  const species = isOfEnvironments(descriptor) ? speciesName(descriptor) : undefined;
  if (statement.byElements !== true && species === undefined) return asWritten;
  const ofElements =
    species ??
    [descriptor.atoms, partnersOf(descriptor)]
      .flatMap((group) => (group ? elements[group[0] - 1] : []))
      .join('_by_');
  return asWritten === 'all' ? ofElements : `${asWritten}_${ofElements}`;
}
