import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { referenceProblem, type AlignmentReference } from '../../descriptors/index.js';
import type { PlumedInput } from '../parse-input.js';
import { readProblem } from '../../support/index.js';
import { deviationWeights, parseReferencePdb } from './reference-pdb.js';
import { placeOf, type Statement } from '../statement.js';

/** A reference by its number, or why the statement aligns to none that a model file can hold. */
export type Aligned = { reference: number; atoms: readonly number[]; pbc: boolean } | { problem: string };

/** A structure that RMSD compares with, and what its atoms' deviations weigh. */
export type Pose = { reference: number; atoms: number[]; weights: number[] } | { problem: string };

function readReference(
  fit: Statement,
): { reference: AlignmentReference; text: string } | { problem: string } {
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
  return problem === undefined
    ? { reference: reference!, text }
    : { problem: `expected ${problem} in ${name}` };
}

/** The structures that `FIT_TO_TEMPLATE` and `RMSD` statements of an input align to, numbered as they are asked for. */
export class Alignments {
  readonly references: AlignmentReference[] = [];
  private readonly known = new Map<Statement, Aligned>();
  private readonly poses = new Map<Statement, Pose>();

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
    const read = readReference(fit);
    if ('problem' in read) return { problem: `${where}: ${read.problem}` };
    return {
      reference: this.numberOf(read.reference),
      atoms: read.reference.atoms,
      pbc: !fit.flags.has('NOPBC'),
    };
  }

  /** What an `RMSD` compares with. */
  pose(rmsd: Statement): Pose {
    const known = this.poses.get(rmsd) ?? this.readPose(rmsd);
    this.poses.set(rmsd, known);
    return known;
  }

  /** The number of a structure, which statements that read the same file share. */
  private numberOf(reference: AlignmentReference): number {
    const text = JSON.stringify(reference);
    const known = this.references.findIndex((each) => JSON.stringify(each) === text);
    return known < 0 ? this.references.push(reference) - 1 : known;
  }

  private readPose(rmsd: Statement): Pose {
    const read = readReference(rmsd);
    if ('problem' in read) return read;
    const weights = deviationWeights(read.text);
    if (
      !weights.every((weight) => weight >= 0 && Number.isFinite(weight)) ||
      !weights.some((weight) => weight > 0)
    )
      return { problem: 'expected weights of at least 0 as temperature factors of REFERENCE, not all 0' };
    const compared = weights.flatMap((weight, i) => (weight > 0 ? [i] : []));
    return {
      reference: this.numberOf(read.reference),
      atoms: compared.map((i) => read.reference.atoms[i]),
      weights: compared.map((i) => weights[i]),
    };
  }
}
