import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { symbolSerials } from './molinfo-symbols.js';
import type { PlumedInput } from '../parse-input.js';
import { readPdbAtoms, type PdbAtom } from './pdb-atoms.js';
import { serials } from './serials.js';
import { placeOf, type Statement } from '../statement.js';

/** Groups of groups of groups: deeper ones name themselves. */
const deepest = 20;

/** Serials, or why a list is none of atoms that a model file can name. */
export type AtomList = { atoms: number[] } | { problem: string };

/** What a statement's lists of atoms mean: serials, ranges, labels of GROUP, and names of MOLINFO's structure. */
export class AtomLists {
  private readonly structures = new Map<Statement, readonly PdbAtom[] | { problem: string }>();

  constructor(private readonly input: PlumedInput) {}

  /** The list as it stands at a statement, before which groups and MOLINFO must have been given. */
  of(text: string, statement: Statement, depth = 0): AtomList {
    const plain = serials(text);
    if (plain) return { atoms: plain };
    const atoms: number[] = [];
    for (const word of text.split(',').map((part) => part.trim())) {
      const found = this.word(word, statement, depth);
      if ('problem' in found) return found;
      atoms.push(...found.atoms);
    }
    return { atoms };
  }

  private word(word: string, statement: Statement, depth: number): AtomList {
    const plain = serials(word);
    if (plain) return { atoms: plain };
    if (word.startsWith('@')) return this.symbol(word, statement);
    const group = this.before(statement).find(({ action, label }) => action === 'GROUP' && label === word);
    if (!group || depth === deepest) return { problem: `${word} is neither a serial nor a GROUP` };
    return this.group(group, depth);
  }

  private group(group: Statement, depth: number): AtomList {
    const { keywords, flags } = group;
    const other = [...keywords.keys(), ...flags].find((word) => word !== 'ATOMS');
    if (other !== undefined) return { problem: `${placeOf(group)}: ${other} of GROUP is not read` };
    return this.of(keywords.get('ATOMS') ?? '', group, depth + 1);
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
