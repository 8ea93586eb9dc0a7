import { invalidArgument, LatentcvError, expectList, expectText } from '../../support/index.js';
import { withDistributionOption, type DistributionOptions } from './distribution-options.js';

/** What a definition can ask for. */
const statementKinds = [
  'distance',
  'angle',
  'torsion',
  'distances',
  'inverse-distances',
  'angles',
  'torsions',
  'contacts',
  'coordination',
  'sorted-distances',
  'positions',
  'rmsd',
  'gyration',
  'hydrogen-bonds',
  'rings',
  'stacking',
  'direction',
  'depth',
  'radius',
  'equivalent-distances',
  'bragg',
  'steinhardt',
  'volume',
  'cell',
  'rdf',
  'pair-entropy',
  'debye',
  'piv',
  'similarity',
  'soap',
  'acsf',
] as const;
export type StatementKind = (typeof statementKinds)[number];

/** Torsions that have names in proteins. */
export const torsionNames = ['phi', 'psi', 'omega', 'chi1'] as const;
export type TorsionName = (typeof torsionNames)[number];

const switchingForms = ['rational', 'gaussian', 'fermi', 'cubic'] as const;
type SwitchingForm = (typeof switchingForms)[number];

/** Statistics of a value that each atom has, beside its mean. */
export interface StatisticsOptions {
  /** Orders of central moments. */
  moments?: number[];
  /** From where to where there are bins. */
  histogram?: [lower: number, upper: number];
  /** How many. */
  bins?: number;
  /** How far each atom is smeared out. */
  sigma?: number;
}

/** One line of a definition: `distances ligand pocket cutoff 0.8`. */
export interface DefinitionStatement {
  kind: StatementKind;
  /** What stands between the kind and the options: groups, or one selection in many words. */
  words: string[];
  /** Only pairs that are nearer than this in the structure, nm. */
  cutoff?: number;
  /** Only pairs that are ever nearer than this in the frames, nm. */
  ever?: number;
  /** Only pairs whose residues are at least so many apart in the chain. */
  separation?: number;
  /** Numbers of the switching function: r0, d0 and dmax in nm, beta in 1/nm. */
  switching?: {
    form?: SwitchingForm;
    r0?: number;
    d0?: number;
    nn?: number;
    mm?: number;
    beta?: number;
    dmax?: number;
  };
  /** Structure file that `positions` are aligned to, and `rmsd` compares with. */
  aligned?: string;
  /** The atoms that are laid on those of that file; those of the statement itself where left out. */
  on?: string;
  /** The three places of a frame. */
  frame?: string[];
  /** Groups that are equivalent, in every order or turned around. */
  exchanged?: { how: 'permuted' | 'cyclic'; groups: string[] }[];
  /** Whether the pairs of the statement are added up. */
  summed?: true;
  /** Whether atoms weigh their masses. */
  byMass?: true;
  /** Planes as they were written: `444`, `{111}`. */
  planes?: string[];
  /** Degrees l of spherical harmonics. */
  degrees?: number[];
  /** Whether atoms' vectors are averaged over their neighbours. */
  averaged?: true;
  /** What is made of a value that each atom has, beside its mean. */
  statistics?: StatisticsOptions;
  /** Whether a mean is asked for in place of a sum. */
  mean?: true;
  /** Whether groups are told apart by elements, each with each. */
  byElements?: true;
  /** What is said of distributions of pairs and of environments. */
  distribution?: DistributionOptions;
  /** The line as it was written, for messages. */
  text: string;
}

/** Groups and statements, in the order given; a group may use those before it. */
export interface Definition {
  groups: [name: string, selection: string][];
  statements: DefinitionStatement[];
}

const switchingNumbers = ['r0', 'd0', 'nn', 'mm', 'beta', 'dmax'] as const;
/** A quoted word, or one up to a blank or a parenthesis: names of atoms may have primes (`O5'`). */
const plainWord = /"[^"]*"|'[^']*'|[^\s"'()][^\s()"]*|\S/y;

/** The words of a statement; what is in parentheses is one. */
export function wordsOf(text: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text[at])) at++;
    else {
      plainWord.lastIndex = at;
      const word = text[at] === '(' ? parenthesised(text, at) : plainWord.exec(text)![0];
      found.push(word);
      at += word.length;
    }
  }
  return found;
}

/** From a parenthesis to the one that closes it, or to the end where none does. */
function parenthesised(text: string, from: number): string {
  let level = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') level++;
    if (text[at] === ')' && --level === 0) return text.slice(from, at + 1);
  }
  return text.slice(from);
}

function refusal(text: string, expected: string, received: string): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected ${expected} in "${text}" but received "${received}"`,
    'such as: distances heavy; torsions backbone; contacts ligand pocket r0=0.45',
  );
}

function numberOf(text: string, name: string, value: string | undefined): number {
  const number = value === undefined || value === '' ? NaN : Number(value);
  if (!(number >= 0 && Number.isFinite(number)))
    throw refusal(text, `a number from 0 after ${name}`, value ?? '');
  return number;
}

const isExchange = (word: string): word is 'permuted' | 'cyclic' => word === 'permuted' || word === 'cyclic';

/** Takes the groups of an exchange, up to the next option. */
function takeExchange(statement: DefinitionStatement, list: readonly string[], at: number): number {
  const how = list[at] as 'permuted' | 'cyclic';
  const rest = list.slice(at + 1);
  const end = rest.findIndex((word) => isExchange(word) || /^(aligned|on)$|^\w+=/.test(word));
  const groups = end < 0 ? rest : rest.slice(0, end);
  statement.exchanged = [...(statement.exchanged ?? []), { how, groups }];
  return 1 + groups.length;
}

/** The numbers of `l=4,6`. */
function numbersOf(text: string, name: string, value: string | undefined): number[] {
  return (value ?? '').split(',').map((each) => numberOf(text, name, each));
}

function rangeOf(text: string, value: string | undefined): [number, number] {
  const [, lower, upper] = /^(.+?)\.\.(.+)$/.exec(value ?? '') ?? [];
  const bounds: [number, number] = [Number(lower), Number(upper)];
  if (lower === undefined || !(bounds[0] < bounds[1]) || !bounds.every(Number.isFinite))
    throw refusal(text, 'a range such as 0.3..0.6 after histogram', value ?? '');
  return bounds;
}

/** Takes an option of what is made of atoms' values, of planes or of degrees; returns how many words it takes. */
function takeCrystalOption(
  statement: DefinitionStatement,
  [name, value]: [string, string | undefined],
  taken: number,
): number {
  const { text, kind } = statement;
  const add = (more: StatisticsOptions): void => {
    statement.statistics = { ...statement.statistics, ...more };
  };
  if (name === 'moments') add({ moments: numbersOf(text, name, value) });
  else if (name === 'histogram') add({ histogram: rangeOf(text, value) });
  else if (name === 'bins' || name === 'sigma') add({ [name]: numberOf(text, name, value) });
  else if (name === 'hkl' && taken === 1) statement.planes = value?.split(',');
  else if (name === 'l' && taken === 1) statement.degrees = numbersOf(text, name, value);
  else if (kind === 'steinhardt' && /^averaged?$/.test(name)) {
    statement.averaged = true;
    return 1;
  } else return 0;
  return taken;
}

/** Takes the option at `at`, if there is one; returns how many words it takes. */
function takeOption(statement: DefinitionStatement, list: readonly string[], at: number): number {
  const { text, kind } = statement;
  if (kind === 'rmsd' && isExchange(list[at])) return takeExchange(statement, list, at);
  if ((kind === 'positions' || kind === 'direction') && list[at] === 'in' && list[at + 1] === 'frame') {
    statement.frame = list.slice(at + 2);
    return 2 + statement.frame.length;
  }
  const [name, value] = list[at].includes('=') ? splitOnce(list[at], '=') : [list[at], list[at + 1]];
  const taken = list[at].includes('=') ? 1 : 2;
  if (name === 'cutoff' || name === 'ever' || name === 'separation')
    statement[name] = numberOf(text, name, value);
  else if (name === 'aligned') statement.aligned = unquoted(value ?? '');
  else if (name === 'on' && value !== undefined) statement.on = value;
  else if (name === 'by' && value === 'mass') statement.byMass = true;
  else if (name === 'by' && value === 'elements' && byElements.has(kind)) statement.byElements = true;
  else if (name === 'form' && isSwitchingForm(value))
    statement.switching = { ...statement.switching, form: value };
  else if (list[at] === 'summed') {
    statement.summed = true;
    return 1;
  } else if (isSwitchingNumber(name) && taken === 1)
    statement.switching = { ...statement.switching, [name]: numberOf(text, name, value) };
  else return takeOwnOption(statement, [name, value], taken);
  return taken;
}

/** Statements whose groups may be told apart by elements. */
const byElements = new Set<StatementKind>([
  'coordination',
  'rdf',
  'pair-entropy',
  'debye',
  'piv',
  'similarity',
  'soap',
  'acsf',
]);

/** Takes an option that few kinds of statements have; returns how many words it takes. */
function takeOwnOption(
  statement: DefinitionStatement,
  option: [string, string | undefined],
  taken: number,
): number {
  const { kind, text } = statement;
  if (kind === 'coordination' && option[0] === 'mean') {
    statement.mean = true;
    return 1;
  }
  // the only way in which there is one
  if (kind === 'soap' && option[0] === 'average' && taken === 2) return 1;
  // a group may be called as an option is: these have a =, as the files of environments have not
  const isOption = taken === 1 || option[0] === 'like';
  const added =
    isOption &&
    withDistributionOption(statement.distribution ?? {}, kind, option, (word) =>
      numberOf(text, option[0], word),
    );
  if (added) {
    statement.distribution = added;
    return taken;
  }
  return ofAtomValues.has(kind) ? takeCrystalOption(statement, option, taken) : 0;
}

/** Statements with options of atoms' values. */
const ofAtomValues = new Set<StatementKind>(['bragg', 'steinhardt', 'coordination', 'similarity']);

const isSwitchingForm = (word: string | undefined): word is SwitchingForm =>
  (switchingForms as readonly (string | undefined)[]).includes(word);

const isSwitchingNumber = (name: string): boolean => (switchingNumbers as readonly string[]).includes(name);

function splitOnce(text: string, at: string): [string, string] {
  const place = text.indexOf(at);
  return [text.slice(0, place), text.slice(place + 1)];
}

/** Without the quotes or parentheses around it. */
export function unquoted(word: string): string {
  return /^(".*"|'.*'|\(.*\))$/s.test(word) ? word.slice(1, -1) : word;
}

function parseStatement(text: string): DefinitionStatement {
  const [kind = '', ...list] = wordsOf(text);
  if (!(statementKinds as readonly string[]).includes(kind))
    throw refusal(text, `one of ${statementKinds.join(', ')}`, kind);
  const statement: DefinitionStatement = { kind: kind as StatementKind, words: [], text };
  for (let at = 0; at < list.length;) {
    const taken = takeOption(statement, list, at);
    if (taken === 0 && list[at].includes('=') && !/^["'(]|[<>=!]=/.test(list[at]))
      throw refusal(text, 'an option such as cutoff 0.8 or r0=0.45', list[at]);
    if (taken === 0) statement.words.push(list[at]);
    at += Math.max(taken, 1);
  }
  return statement;
}

const groupLine = /^([a-z_]\w*)\s*=(?!=)\s*(.+)$/i;

/**
 * Reads lines (or parts between semicolons) such as `ligand = resname LIG` and `distances ligand pocket cutoff 0.8`.
 * @throws LatentcvError `bad-argument` for what is neither
 */
export function parseDefinition(texts: readonly string[]): Definition {
  expectList(texts, 'texts');
  for (const [i, text] of texts.entries()) expectText(text, `texts[${i}]`);
  const lines = texts.flatMap((text) => text.split(/[;\n]/)).map((line) => line.trim());
  const definition: Definition = { groups: [], statements: [] };
  for (const line of lines) {
    if (line === '' || line.startsWith('#')) continue;
    const [, name, selection] = groupLine.exec(line) ?? [];
    if (name !== undefined) definition.groups.push([name, unquoted(selection)]);
    else definition.statements.push(parseStatement(line));
  }
  if (definition.statements.length === 0 && definition.groups.length === 0)
    throw invalidArgument('a definition such as "distances heavy"', 'descriptors', texts.join('; '));
  return definition;
}
