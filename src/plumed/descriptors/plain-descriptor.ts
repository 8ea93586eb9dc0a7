import { descriptorProblem, type Descriptor } from '../../descriptors/index.js';
import type { Alignments } from './alignments.js';
import type { AtomLists } from './atom-lists.js';
import { sortedOf } from './sorted-pairs.js';
import { placeOf, type Statement } from '../statement.js';
import { readPlainSwitch, readSwitch } from './switching-words.js';

/** A descriptor as PLUMED statements define it. */
export interface PlainDescriptor {
  descriptor: Descriptor;
  pbc: boolean;
}

/** Why a label is no descriptor of ours: the statement, and what makes it another thing. */
export interface NotPlain {
  statement: Statement | undefined;
  reason: string;
}

/** The statement with this label (the part before the dot). */
export type Definitions = (label: string) => Statement | undefined;

/** What labels, references and lists of atoms mean in an input. */
export interface InputContext {
  definitions: Definitions;
  alignments: Alignments;
  atomLists: AtomLists;
}

interface Question {
  statement: Statement;
  /** What stood behind the label's dot. */
  component: string | undefined;
  context: InputContext;
}

type Answer = PlainDescriptor | NotPlain;

const notPlain = ({ statement }: Question, problem: string): NotPlain => ({
  statement,
  reason: `${placeOf(statement)}: ${problem}`,
});

const harmless = ['NOPBC', 'NUMERICAL_DERIVATIVES'];

/** A word that the statement has beside those known. */
function otherWord({ keywords, flags }: Statement, known: readonly string[]): string | undefined {
  return [...keywords.keys(), ...flags].find((word) => !known.includes(word) && !harmless.includes(word));
}

function checked(question: Question, descriptor: Descriptor): Answer {
  const problem = descriptorProblem(descriptor);
  if (problem !== undefined) return notPlain(question, `expected ${problem} for ${descriptor.kind}`);
  return { descriptor, pbc: !question.statement.flags.has('NOPBC') };
}

const numbers = ['no', 'one', 'two', 'three', 'four'];

/** A statement of `count` atoms that is of this kind as it stands. */
function ofAtoms(question: Question, kind: Descriptor['kind'], count: number, known: string[] = []): Answer {
  const { statement } = question;
  const name = statement.action.toLowerCase();
  const other = otherWord(statement, ['ATOMS', ...known]);
  if (other !== undefined) return notPlain(question, `${other} makes it more than a plain ${name}`);
  const text = statement.keywords.get('ATOMS') ?? '';
  const list = question.context.atomLists.of(text, statement);
  if ('problem' in list)
    return notPlain(question, `expected ${numbers[count]} atoms but received ATOMS=${text}: ${list.problem}`);
  const { atoms } = list;
  if (atoms.length !== count || new Set(atoms).size < count || atoms.includes(0))
    return notPlain(question, `expected ${numbers[count]} atoms but received ATOMS=${text}`);
  return checked(question, { kind, atoms } as Descriptor);
}

function distance(question: Question): Answer {
  const { component } = question;
  if (component === undefined) return ofAtoms(question, 'distance', 2);
  if (!question.statement.flags.has('COMPONENTS') || !['x', 'y', 'z'].includes(component))
    return notPlain(question, `expected COMPONENTS, which has x, y and z, for .${component}`);
  const fit = question.context.alignments.fitBefore(question.statement);
  if (fit) return notPlain(question, `its components are turned by FIT_TO_TEMPLATE at ${placeOf(fit)}`);
  return ofAtoms(question, `distance-${component}` as Descriptor['kind'], 2, ['COMPONENTS']);
}

/** A coordinate of an atom, which is ours where the system has been aligned to a reference with that atom in it. */
function position(question: Question): Answer {
  const {
    statement,
    component = '',
    context: { alignments, atomLists },
  } = question;
  if (!['x', 'y', 'z'].includes(component))
    return notPlain(question, 'expected the component x, y or z of POSITION');
  const fit = alignments.fitBefore(statement);
  if (!fit || !statement.flags.has('NOPBC'))
    return notPlain(question, 'expected POSITION NOPBC after FIT_TO_TEMPLATE TYPE=OPTIMAL');
  const other = otherWord(statement, ['ATOM']);
  if (other !== undefined) return notPlain(question, `${other} makes it more than a plain position`);
  const text = statement.keywords.get('ATOM') ?? '';
  const list = atomLists.of(text, statement);
  if ('problem' in list || list.atoms.length !== 1)
    return notPlain(question, `expected one atom but received ATOM=${text}`);
  const { atoms } = list;
  const aligned = alignments.of(fit);
  if ('problem' in aligned) return notPlain(question, aligned.problem);
  if (!aligned.atoms.includes(atoms[0]))
    return notPlain(
      question,
      `expected atom ${text} in the REFERENCE of ${placeOf(fit)}, with occupancy 0 if need be`,
    );
  const descriptor = { kind: `aligned-${component}`, atoms, reference: aligned.reference } as Descriptor;
  return { descriptor, pbc: aligned.pbc };
}

/** RMSD after the best superposition, weighed as its reference file says. */
function rmsd(question: Question): Answer {
  const { statement, context } = question;
  const { keywords, flags } = statement;
  const type = keywords.get('TYPE') ?? 'SIMPLE';
  if (type !== 'OPTIMAL' && type !== 'OPTIMAL-FAST')
    return notPlain(question, `expected TYPE=OPTIMAL, as TYPE=${type} superposes nothing by a rotation`);
  if (flags.has('SQUARED')) return notPlain(question, 'SQUARED makes it another number than the deviation');
  const other = otherWord(statement, ['REFERENCE', 'TYPE']);
  if (other !== undefined) return notPlain(question, `${other} makes it more than a plain RMSD`);
  const pose = context.alignments.pose(statement);
  if ('problem' in pose) return notPlain(question, pose.problem);
  const { atoms, weights, reference } = pose;
  const alike = weights.every((weight) => weight === weights[0]);
  return checked(question, { kind: 'rmsd', atoms, reference, ...(!alike && { weights }) });
}

/** The radius of gyration of atoms that weigh alike. */
function gyration(question: Question): Answer {
  const { statement, context } = question;
  const { keywords, flags } = statement;
  const type = keywords.get('TYPE') ?? 'RADIUS';
  if (type !== 'RADIUS') return notPlain(question, `expected TYPE=RADIUS but received TYPE=${type}`);
  if (flags.has('MASS_WEIGHTED'))
    return notPlain(question, 'MASS_WEIGHTED takes the masses of the run, which no input tells');
  const other = otherWord(statement, ['ATOMS', 'TYPE']);
  if (other !== undefined)
    return notPlain(question, `${other} makes it more than a plain radius of gyration`);
  const list = context.atomLists.of(keywords.get('ATOMS') ?? '', statement);
  if ('problem' in list) return notPlain(question, `expected atoms for ATOMS: ${list.problem}`);
  if (list.atoms.some((atom) => atom < 1)) return notPlain(question, 'expected serials from 1 for ATOMS');
  return checked(question, { kind: 'gyration', atoms: list.atoms });
}

function torsion(question: Question): Answer {
  const kind = question.statement.flags.has('COSINE') ? 'torsion-cos' : 'torsion';
  return ofAtoms(question, kind, 4, ['COSINE']);
}

function coordination(question: Question): Answer {
  const { keywords, flags } = question.statement;
  const switchWords = keywords.has('SWITCH') ? ['SWITCH'] : ['R_0', 'D_0', 'NN', 'MM'];
  const known = ['GROUPA', 'GROUPB', 'SERIAL', 'NLIST', 'NL_CUTOFF', 'NL_STRIDE', ...switchWords];
  const other = otherWord(question.statement, known);
  if (other !== undefined) return notPlain(question, `${other} makes it more than a plain coordination`);
  const switching = keywords.has('SWITCH') ? readSwitch(keywords.get('SWITCH')!) : readPlainSwitch(keywords);
  if (!switching)
    return notPlain(
      question,
      `SWITCH={${keywords.get('SWITCH') ?? ''}} is none of the functions a model file knows`,
    );
  if (flags.has('NLIST') && !(Number(keywords.get('NL_CUTOFF')) >= (switching.dmax ?? Infinity)))
    return notPlain(
      question,
      'its NL_CUTOFF cuts the function off with a step; write a D_MAX of at most NL_CUTOFF in SWITCH',
    );
  const { atomLists } = question.context;
  const lists = ['GROUPA', 'GROUPB'].map((key) =>
    keywords.has(key) ? atomLists.of(keywords.get(key)!, question.statement) : { atoms: [] },
  );
  const bad = lists.find((list) => 'problem' in list);
  if (bad) return notPlain(question, `expected atoms for GROUPA and GROUPB: ${bad.problem}`);
  const [atoms, partners] = lists.map((list) => ('atoms' in list ? list.atoms : []));
  if ([...atoms, ...partners].includes(0))
    return notPlain(question, 'expected serials from 1 for GROUPA and GROUPB');
  const pbc = !flags.has('NOPBC');
  if (atoms.length === 1 && partners.length === 1 && atoms[0] !== partners[0])
    return { ...checked(question, { kind: 'contact', atoms: [atoms[0], partners[0]], switching }), pbc };
  const groups = partners.length > 0 ? { atoms, partners } : { atoms };
  return checked(question, { kind: 'coordination', ...groups, switching });
}

/** The descriptors that a function's `ARG` names, which must agree in NOPBC. */
function argumentsOf(question: Question): { found: Descriptor[]; pbc: boolean } | NotPlain {
  const labels = (question.statement.keywords.get('ARG') ?? '').split(',');
  const answers = labels.map((label) => plainDescriptor(label, question.context));
  const bad = answers.find((answer) => 'reason' in answer);
  if (bad) return bad;
  const plain = answers as PlainDescriptor[];
  if (plain.some(({ pbc }) => pbc !== plain[0].pbc))
    return notPlain(question, 'its arguments differ in NOPBC');
  return { found: plain.map(({ descriptor }) => descriptor), pbc: plain[0].pbc };
}

const functions: Record<string, [of: Descriptor['kind'], kind: Descriptor['kind']] | undefined> = {
  '1/x': ['distance', 'inverse-distance'],
  'sin(x)': ['torsion', 'torsion-sin'],
  'cos(x)': ['torsion', 'torsion-cos'],
};

/** A function of one variable, whatever VAR calls it, as one of x. */
const ofX = (text: string, variable: string): string =>
  /^\w+$/.test(variable) ? text.replaceAll(new RegExp(`\\b${variable}\\b`, 'g'), 'x') : text;

function custom(question: Question): Answer {
  const { keywords } = question.statement;
  const other = otherWord(question.statement, ['ARG', 'VAR', 'FUNC', 'PERIODIC']);
  const known = functions[ofX(keywords.get('FUNC') ?? '', keywords.get('VAR') ?? 'x')];
  if (other !== undefined || !known || keywords.get('PERIODIC')?.toUpperCase() !== 'NO')
    return notPlain(question, 'expected FUNC=1/x, sin(x) or cos(x) and PERIODIC=NO of one descriptor');
  const given = argumentsOf(question);
  if ('reason' in given) return given;
  const [of, kind] = known;
  if (given.found.length !== 1 || given.found[0].kind !== of)
    return notPlain(question, `expected one ${of} for ARG`);
  return { descriptor: { ...given.found[0], kind } as Descriptor, pbc: given.pbc };
}

function sort(question: Question): Answer {
  const { component = '' } = question;
  const given = argumentsOf(question);
  if ('reason' in given) return given;
  const rank = Number(component) - 1;
  const sorted = sortedOf(given.found, rank);
  if (!sorted || otherWord(question.statement, ['ARG']) !== undefined)
    return notPlain(question, 'expected all distances within a group of atoms or between two for ARG');
  return { descriptor: sorted, pbc: given.pbc };
}

const readers: Record<string, (question: Question) => Answer> = {
  DISTANCE: distance,
  ANGLE: (question) => ofAtoms(question, 'angle', 3),
  TORSION: torsion,
  COORDINATION: coordination,
  CUSTOM: custom,
  MATHEVAL: custom,
  SORT: sort,
  POSITION: position,
  GYRATION: gyration,
  RMSD: rmsd,
};
const withComponents = ['DISTANCE', 'SORT', 'POSITION'];

/**
 * The descriptor that a label (`d1`, `d1.x`) stands for, or what keeps its statement from being one of ours. References
 * that it aligns to are numbered as in its `alignments`.
 */
export function plainDescriptor(label: string, context: InputContext): PlainDescriptor | NotPlain {
  const [base, component] = label.split('.');
  const statement = context.definitions(base);
  if (!statement) return { statement, reason: `no statement has the label ${base}` };
  const question = { statement, component, context };
  const { action } = statement;
  if (!Object.hasOwn(readers, action))
    return notPlain(question, `expected ${Object.keys(readers).join(', ')} but received ${action}`);
  if (component !== undefined && !withComponents.includes(action))
    return notPlain(question, `${action} has no component ${component}`);
  return readers[action](question);
}
