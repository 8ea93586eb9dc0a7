import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { referenceProblem, type AlignmentReference } from '../../descriptors/index.js';
import type { PlumedInput } from '../parse-input.js';
import { readProblem } from '../../support/index.js';
import { parseReferencePdb } from './reference-pdb.js';
import { placeOf, type Statement } from '../statement.js';

/** A reference by its number, or why the statement aligns to none that a model file can hold. */
export type Aligned = { reference: number; atoms: readonly number[]; pbc: boolean } | { problem: string };

function readReference(fit: Statement): AlignmentReference | { problem: string } {
  const name = fit.keywords.get('REFERENCE') ?? '';
  const path = resolve(fit.path === undefined ? '.' : dirname(fit.path), name);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { problem: (readProblem(path, error, `REFERENCE=${name} at`) as Error).message };
  }
  const reference = parseReferencePdb(text);
  const problem = reference ? referenceProblem(reference) : 'a number in each column of its atoms';
  return problem === undefined ? reference! : { problem: `expected ${problem} in ${name}` };
}

/** The structures that `FIT_TO_TEMPLATE` statements of an input align the system to, numbered as they are asked for. */
export class Alignments {
  readonly references: AlignmentReference[] = [];
  private readonly known = new Map<Statement, Aligned>();

  constructor(private readonly input: PlumedInput) {}

  /** The last `FIT_TO_TEMPLATE` before a statement, which sees the system as that left it. */
  fitBefore(statement: Statement): Statement | undefined {
    const before = this.input.all.slice(0, this.input.all.indexOf(statement));
    return before.findLast(({ action }) => action === 'FIT_TO_TEMPLATE');
  }

  /** What a `FIT_TO_TEMPLATE` aligns to. */
  of(fit: Statement): Aligned {
    const known = this.known.get(fit) ?? this.read(fit);
    this.known.set(fit, known);
    return known;
  }

  private read(fit: Statement): Aligned {
    const where = placeOf(fit);
    if (fit.keywords.get('TYPE') !== 'OPTIMAL') return { problem: `${where}: expected TYPE=OPTIMAL` };
    if ((fit.keywords.get('STRIDE') ?? '1') !== '1') return { problem: `${where}: expected STRIDE=1` };
    const reference = readReference(fit);
    if ('problem' in reference) return { problem: `${where}: ${reference.problem}` };
    const number = this.references.push(reference) - 1;
    return { reference: number, atoms: reference.atoms, pbc: !fit.flags.has('NOPBC') };
  }
}
