import { LatentcvError } from '../../support/index.js';
import { unquoted, type DefinitionStatement } from './definition.js';
import { isGroupWord, selectAtoms } from '../selection/index.js';
import type { Structure } from '../structure/index.js';

/** What is wrong with a statement, which is quoted. */
export function refusal({ text }: DefinitionStatement, problem: string, hint?: string): LatentcvError {
  return new LatentcvError('bad-argument', `${problem} in "${text}"`, hint);
}

/** The groups of a statement, from `least` to `most` of them. */
export function groupsOf(
  statement: DefinitionStatement,
  structure: Structure,
  least: number,
  most: number,
): Uint32Array[] {
  const { words } = statement;
  const each = words.every((word) => /^["'(]/.test(word) || isGroupWord(word, structure));
  const texts = each ? words.map(unquoted) : [words.join(' ')];
  if (texts[0] === undefined || texts[0] === '' || texts.length < least || texts.length > most)
    throw refusal(
      statement,
      `expected ${least === most ? least : most === 2 ? `${least} or ${most}` : `${least} to ${most}`} group${most > 1 ? 's' : ''} of atoms but received ${texts.length}`,
      'put a selection of several words in parentheses: distances (resid 10-20 and heavy) ligand',
    );
  return texts.map((text) => groupOf(text, structure));
}

/** The group that a word of a statement's option names. */
export function groupOfWord(
  statement: DefinitionStatement,
  structure: Structure,
  option: string,
  word: string,
): Uint32Array {
  if (!/^["'(]/.test(word) && !isGroupWord(word, structure))
    throw refusal(
      statement,
      `expected a group of atoms after ${option} but received "${word}"`,
      `put a selection of several words in parentheses: ${option} (resid 10-20 and heavy)`,
    );
  return groupOf(unquoted(word), structure);
}

/** A selection's atoms. `heavy` alone is not meant to be the water: of a solvated system, it is that of the solute. */
export function groupOf(text: string, structure: Structure): Uint32Array {
  const atoms = selectAtoms(structure, text);
  if (!leavesSolventOut(text, structure)) return atoms;
  return selectAtoms(structure, 'solute and heavy');
}

function leavesSolventOut(text: string, structure: Structure): boolean {
  if (text.trim() !== 'heavy' || structure.isNamed('heavy')) return false;
  const inSolvent = (atom: number): boolean => ['water', 'ion'].includes(structure.kindOf(atom));
  const heavy = structure.group('heavy')!;
  return heavy.some(inSolvent) && !heavy.every(inSolvent);
}

/** What is told where `heavy` leaves atoms out. */
export function solventNote({ words }: DefinitionStatement, structure: Structure): string[] {
  if (!words.some((word) => leavesSolventOut(unquoted(word), structure))) return [];
  const [all, solute] = ['heavy', 'solute and heavy'].map((text) => selectAtoms(structure, text).length);
  return [
    `heavy: ${solute} atoms of the solute; those of water and ions (${all - solute}) are left out: (all and heavy) takes them too`,
  ];
}

/** More than any training takes: a definition that asks for more was not meant. */
export const mostDescriptors = 100_000;

/**
 * @throws LatentcvError `bad-argument` for more descriptors than any training takes
 */
export function expectFew(
  statement: DefinitionStatement,
  structure: Structure,
  count: number,
  atoms: ArrayLike<number>,
): void {
  if (count <= mostDescriptors) return;
  const solvent = Array.from(atoms).some(
    (atom) => atom >= 0 && ['water', 'ion'].includes(structure.kindOf(atom)),
  );
  throw refusal(
    statement,
    `expected at most ${mostDescriptors} descriptors but there are ${count === Infinity ? 'more' : count}`,
    solvent
      ? 'did you mean (solute and heavy), or pairs within a cutoff?'
      : 'choose fewer atoms, or pairs within a cutoff',
  );
}
