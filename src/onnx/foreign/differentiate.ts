import { evaluate, simplify, topological, type Tensor } from '../../graph/index.js';
import { LatentcvError, expectList, expectObject } from '../../support/index.js';
import { numbersPerFrame } from '../reading/index.js';
import { derive } from '../derive.js';
import type { ForeignModel } from './foreign.js';
import type { ModelInput, ModelOutput } from '../metadata/index.js';
import { answers, type ModelGraph, type NewModel } from '../model-file.js';

/** What a foreign file does not say of itself. */
export interface ForeignDescription {
  inputs: ModelInput[];
  outputs: ModelOutput[];
  descriptors?: NewModel['metadata']['descriptors'];
  /** Rows of d numbers at which every loader recomputes values and derivatives. */
  check: number[][];
  /** For people: where the file came from. */
  record: Readonly<Record<string, unknown>>;
}

/** The largest difference between derivatives and central differences that rounding explains, relative. */
export const differenceTolerance = 1e-5;

export interface Differentiated {
  model: NewModel;
  /** ∂cv/∂x `[n, k, d]`, in its simplest form. */
  jacobian: Tensor;
  /** Largest difference between J·v and central differences along random v, relative to the largest |J·v|, at least 1. */
  gradientError: number;
  /** CVs whose derivatives are all 0 at the check vectors. */
  flat: string[];
}

/**
 * A foreign network as a model file of ours is written: differentiated, with what is told of it.
 * @throws LatentcvError `bad-model` where the network mixes frames or gives what is not finite at a check vector.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function differentiateModel(foreign: ForeignModel, told: ForeignDescription): Differentiated {
  expectObject(foreign, 'foreign', 'a network, as readForeignModel gives it,');
  expectObject(told, 'told', 'what is told of the network');
  expectList(told.inputs, 'told.inputs');
  const { x, cv } = foreign;
  const graph = { x, ...simplify({ cv, jacobian: derive(cv, x) }) };
  const found = answers(graph, told.check);
  expectFinite([...found.cv, ...found.jacobian]);
  expectApart(graph, told.check, found.cv, foreign.ofTwo);
  return {
    model: newModel(foreign, told),
    jacobian: graph.jacobian,
    gradientError: gradientError(graph, told.check, found.jacobian),
    flat: told.outputs
      .filter((_, k) => isFlat(found.jacobian, k, told.inputs.length))
      .map(({ name }) => name),
  };
}

const isFlat = (jacobians: readonly number[][], k: number, d: number): boolean =>
  jacobians.every((rows) => rows.slice(k * d, (k + 1) * d).every((slope) => slope === 0));

function newModel(
  { x, cv, precision, producer, opset, names }: ForeignModel,
  told: ForeignDescription,
): NewModel {
  const { inputs, outputs, descriptors, check, record } = told;
  return {
    x,
    cv,
    precision,
    metadata: {
      method: 'imported',
      network: `${inputs.length}-${outputs.length} from ${producer || 'another program'}`,
      inputs,
      outputs,
      ...(descriptors ? { descriptors } : {}),
      check: { inputs: check },
      training: { ...record, producer, opset, ...names },
    },
  };
}

function expectFinite(rows: readonly number[][]): void {
  const bad = rows.flat().find((value) => !Number.isFinite(value));
  if (bad === undefined) return;
  throw new LatentcvError(
    'bad-model',
    `expected finite values and derivatives but the network gives ${bad} at a check vector`,
    'name frames it was made for with ‘frames’, or the ranges of its inputs with ‘range’',
  );
}

/** A network whose answer to a frame depends on the others in the batch is no CV. */
function expectApart(
  graph: ModelGraph,
  rows: readonly number[][],
  together: readonly number[][],
  ofTwo: ForeignModel['ofTwo'],
): void {
  const pairs = ofTwo ? rows.map((row, i) => ofTwo([row, rows[(i + 1) % rows.length]])) : together;
  rows.forEach((row, i) => {
    const [alone] = values(graph, [row]);
    const at = alone.findIndex(
      (value, k) => Math.abs(value - pairs[i][k]) > 1e-9 * Math.max(1, Math.abs(value)),
    );
    if (at >= 0)
      throw new LatentcvError(
        'bad-model',
        `expected a function of single frames but the value of one changes with the others in its batch`,
      );
  });
}

/** Along a few directions: all of them would take as many evaluations as there are inputs. */
function gradientError(graph: ModelGraph, rows: readonly number[][], jacobians: readonly number[][]): number {
  const step = 1e-5;
  const along = rows.flatMap((row, r) =>
    directions(row.length).map((v) => ({ row, v, jacobian: jacobians[r] })),
  );
  const moved = (by: number): number[][] =>
    values(
      graph,
      along.map(({ row, v }) => row.map((value, i) => value + by * v[i])),
    );
  const [ahead, behind] = [moved(step), moved(-step)];
  const errors = along.map(({ v, jacobian }, at) => {
    const worst = ahead[at].map((value, k) => {
      const slope = v.reduce((sum, part, i) => sum + part * jacobian[k * v.length + i], 0);
      return Math.abs((value - behind[at][k]) / (2 * step) - slope) / Math.max(1, Math.abs(slope));
    });
    return Math.max(...worst);
  });
  return Math.max(0, ...errors);
}

/** Unit vectors that weigh every input, each differently. */
function directions(d: number): number[][] {
  return [1, 2, 3].map((which) => {
    const v = Array.from({ length: d }, (_, i) => Math.sin(which * (i + 1) * 1.7 + which));
    const length = Math.hypot(...v) || 1;
    return v.map((part) => part / length);
  });
}

/** Numbers that are kept at a time while many frames are evaluated. */
const mostAtOnce = 2 ** 23;

function values(graph: Pick<ModelGraph, 'x' | 'cv'>, rows: readonly number[][]): number[][] {
  const perFrame = topological([graph.cv]).reduce((sum, tensor) => sum + numbersPerFrame(tensor), 0);
  const block = Math.max(1, Math.floor(mostAtOnce / perFrame));
  const starts = Array.from({ length: Math.ceil(rows.length / block) }, (_, i) => i * block);
  return starts.flatMap((start) => valuesAtOnce(graph, rows.slice(start, start + block)));
}

function valuesAtOnce({ x, cv }: Pick<ModelGraph, 'x' | 'cv'>, rows: readonly number[][]): number[][] {
  const k = cv.shape[1] as number;
  const feed = { shape: [rows.length, rows[0].length], data: rows.flat() };
  const { data } = evaluate({ cv }, { [x.name!]: feed }, [x]).cv;
  return rows.map((_, r) => [...data.subarray(r * k, (r + 1) * k)]);
}

/** Values of the CVs `[n, k]` row by row, in double. */
export function foreignValues({ x, cv }: ForeignModel, rows: readonly number[][]): number[][] {
  return values({ x, cv }, rows);
}
