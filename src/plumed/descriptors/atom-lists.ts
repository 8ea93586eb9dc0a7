import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pointProblem, pointSerial, type CentrePoint } from '../../descriptors/index.js';
import { symbolSerials } from './molinfo-symbols.js';
import type { PlumedInput } from '../parse-input.js';
import { readPdbAtoms, type PdbAtom } from './pdb-atoms.js';
import { serials } from './serials.js';
import { placeOf, type Statement } from '../statement.js';

/** Groups of groups of groups: deeper ones name themselves. */
const deepest = 20;

/** Serials and points, or why a list is none of places that a model file can name. */
export type AtomList = { atoms: number[] } | { problem: string };

/** What a statement's lists of atoms mean: serials, ranges, labels of GROUP and CENTER, and names of MOLINFO's structure. */
export class AtomLists {
  /** What labels of CENTER stand for, each once, in the order in which lists named them. */
  readonly points: CentrePoint[] = [];
  private readonly centres = new Map<Statement, number>();
  private readonly structures = new Map<Statement, readonly PdbAtom[] | { problem: string }>();

  constructor(private readonly input: PlumedInput) {}

  /**
   * The list as it stands at a statement, before which groups, centres and MOLINFO must have been given.
   * @param nopbc whether periodic images count for the statement, which must be so for its centres too
   */
  of(text: string, statement: Statement, nopbc = statement.flags.has('NOPBC'), depth = 0): AtomList {
    const plain = serials(text);
    if (plain) return { atoms: plain };
    const atoms: number[] = [];
    for (const word of text.split(',').map((part) => part.trim())) {
      const found = this.word(word, statement, nopbc, depth);
      if ('problem' in found) return found;
      atoms.push(...found.atoms);
    }
    return { atoms };
  }

  private word(word: string, statement: Statement, nopbc: boolean, depth: number): AtomList {
    const plain = serials(word);
    if (plain) return { atoms: plain };
    if (word.startsWith('@')) return this.symbol(word, statement);
    const named = this.before(statement).find(({ label }) => label === word);
    if (named && depth < deepest) {
      if (named.action === 'GROUP') return this.group(named, nopbc, depth);
      if (named.action === 'CENTER' || named.action === 'COM') return this.centre(named, nopbc, depth);
    }
    return { problem: `${word} is neither a serial nor a GROUP or CENTER` };
  }

  private centre(centre: Statement, nopbc: boolean, depth: number): AtomList {
    const { action, keywords, flags } = centre;
    const where = placeOf(centre);
    if (action === 'COM' || flags.has('MASS'))
      return { problem: `${where}: a centre by mass takes the masses of the run, which no input tells` };
    const other = [...keywords.keys(), ...flags].find(
      (word) => !['ATOMS', 'WEIGHTS', 'NOPBC'].includes(word),
    );
    if (other !== undefined) return { problem: `${where}: ${other} of CENTER is not read` };
    if (flags.has('NOPBC') !== nopbc)
      return { problem: `${where}: it and what is made of it differ in NOPBC` };
    const known = this.centres.get(centre);
    if (known !== undefined) return { atoms: [pointSerial(known)] };
    const list = this.of(keywords.get('ATOMS') ?? '', centre, nopbc, depth + 1);
    if ('problem' in list) return list;
    const weights = keywords.get('WEIGHTS')?.split(',').map(Number);
    const point: CentrePoint = { kind: 'centre', atoms: list.atoms, ...(weights && { weights }) };
    const number = this.points.length;
    const problem = pointProblem(point, [], (atom) => atom > 0 || (atom < 0 && atom > pointSerial(number)));
    if (problem !== undefined) return { problem: `${where}: expected ${problem}` };
    this.points.push(point);
    this.centres.set(centre, number);
    return { atoms: [pointSerial(number)] };
  }

  private group(group: Statement, nopbc: boolean, depth: number): AtomList {
    const { keywords, flags } = group;
    const other = [...keywords.keys(), ...flags].find((word) => word !== 'ATOMS');
    if (other !== undefined) return { problem: `${placeOf(group)}: ${other} of GROUP is not read` };
    return this.of(keywords.get('ATOMS') ?? '', group, nopbc, depth + 1);
  }

  private symbol(word: string, statement: Statement): AtomList {
    const molinfo = this.before(statement).findLast(({ action }) => action === 'MOLINFO');
    if (!molinfo) return { problem: `${word} needs MOLINFO before it` };
    const structure = this.structures.get(molinfo) ?? readStructure(molinfo);
    this.structures.set(molinfo, structure);
    if ('problem' in structure) return structure;
    const atoms = symbolSerials(word.slice(1), structure);
    return atoms ? { atoms } : { problem: `${word} is no torsion or atom of ${placeOf(molinfo)}` };
  }

  private before(statement: Statement): Statement[] {
    return this.input.all.slice(0, this.input.all.indexOf(statement));
  }
}

function readStructure(molinfo: Statement): readonly PdbAtom[] | { problem: string } {
  const name = molinfo.keywords.get('STRUCTURE') ?? '';
  try {
    return readPdbAtoms(
      readFileSync(resolve(molinfo.path === undefined ? '.' : dirname(molinfo.path), name), 'utf8'),
    );
  } catch (error) {
    return { problem: `${placeOf(molinfo)}: cannot read STRUCTURE=${name}: ${(error as Error).message}` };
  }
}
