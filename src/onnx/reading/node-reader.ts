import { AttributeType, type GraphProto, type NodeProto, type TensorProto } from '../proto/index.js';
import { LatentcvError, rounded } from '../../support/index.js';
import {
  constantValue,
  indexConstant,
  type Dim,
  type NdArray,
  type Simplifier,
  type Tensor,
} from '../../graph/index.js';
import type { Budget } from './budget.js';
import { asReal, lengths, type Choice, type Lengths, type Sequence, type Value } from './values.js';

/** What a node's meaning depends on beside its inputs. */
export interface ReadContext {
  opset: number;
  budget: Budget;
  /** One for the file: what many nodes ask for is simplified once. */
  simplifier: Simplifier;
  /** A file exported for a fixed number of frames, read for any: that number, and the axis that takes its place. */
  rows?: { fixed: number; free: string };
  /** What is known of values that came of elements chosen by their values, by name. */
  choices: Map<string, Choice>;
  /** Reads a graph inside a node, which sees the values around it. */
  run: (graph: GraphProto, inputs: readonly Value[], around: ReadonlyMap<string, Value>) => Value[];
}

/** A node being read: its inputs as what they stand for, and its attributes. */
export class NodeReader {
  constructor(
    readonly proto: NodeProto,
    private readonly known: ReadonlyMap<string, Value>,
    readonly context: ReadContext,
  ) {}

  /** Set by the one operator that chooses elements by their values. */
  chosenHere?: Choice;

  /** By which values the elements of an input were chosen, or those of all inputs. */
  choice(at: number): Choice | undefined {
    return this.context.choices.get(this.proto.input[at] ?? '');
  }

  choices(): Choice[] {
    return this.proto.input.flatMap((_, at) => this.choice(at) ?? []);
  }

  get inputCount(): number {
    return this.proto.input.length;
  }

  /** The input there, or undefined where it is left out. */
  optional(at: number): Value | undefined {
    const name = this.proto.input[at] ?? '';
    if (name === '') return undefined;
    const value = this.known.get(name);
    if (!value) throw this.bad(`reads ${name}, which nothing before it writes`);
    return value;
  }

  value(at: number): Value {
    const value = this.optional(at);
    if (!value) throw this.bad(`lacks its input ${at}`);
    return value;
  }

  /** An input that is an expression; int64 constants become row numbers. */
  tensor(at: number): Tensor {
    const value = this.value(at);
    if (value.op === 'lengths') return indexConstant(this.numbers(value), value.shape);
    if (value.op === 'sequence') throw this.bad(`expects a tensor as input ${at}`);
    if (value.op === 'whole') throw this.bad('computes with whole numbers that come of its inputs');
    return value;
  }

  /** An input that is an expression of real numbers, whole numbers and truth values being such. */
  real(at: number): Tensor {
    const value = this.value(at);
    return value.op === 'lengths' ? asReal(value) : this.tensor(at);
  }

  /** The numbers of an input that does not depend on the network's, or undefined. */
  constant(at: number): NdArray | undefined {
    const value = this.value(at);
    if (value.op === 'sequence') return undefined;
    if (value.op === 'whole') return constantValue(value.x);
    if (value.op !== 'lengths') return constantValue(value);
    return { shape: value.shape, data: Float64Array.from(this.numbers(value)) };
  }

  sequence(at: number): Sequence {
    const value = this.value(at);
    if (value.op !== 'sequence') throw this.bad(`expects a sequence as input ${at}`);
    return value;
  }

  /** An expression in its simplest form: a constant where it is computed from constants. */
  simplest(x: Tensor): Tensor {
    return this.context.simplifier.simplify(x);
  }

  /** All inputs. */
  values(): Value[] {
    return this.proto.input.map((_, i) => this.value(i));
  }

  tensors(): Tensor[] {
    return this.proto.input.map((_, i) => this.tensor(i));
  }

  /** An int64 input. */
  dims(at: number): readonly Dim[] {
    return this.lengths(at).dims;
  }

  lengths(at: number): Lengths {
    const value = this.value(at);
    if (value.op === 'lengths') return value;
    const known = this.constant(at);
    if (!known) throw this.bad(`expects constants or lengths as input ${at}`);
    return lengths([...known.data], known.shape);
  }

  /** Axes: the int64 input where there is one, else the attribute of older files, made to count from 0. */
  axes(at: number, rank: number): number[] | undefined {
    const given = this.optional(at) ? this.numbers(this.lengths(at)) : this.ints('axes');
    return given?.map((axis) => this.axisOf(axis, rank));
  }

  /** One axis, made to count from 0. */
  axis(rank: number, otherwise: number): number {
    return this.axisOf(this.int('axis', otherwise), rank);
  }

  axisOf(given: number, rank: number): number {
    const axis = given < 0 ? given + rank : given;
    if (!(axis >= 0 && axis < rank)) throw this.bad(`is along axis ${given} of ${rank}`);
    return axis;
  }

  /** Whole numbers: the int64 input where there is one, else the attribute of older files. */
  wholeNumbers(at: number, name: string): readonly Dim[] | undefined {
    return this.optional(at) ? this.dims(at) : this.ints(name);
  }

  numbers({ dims }: Lengths): number[] {
    return dims.map((dim) => {
      if (typeof dim === 'string') throw this.bad(`needs the length of axis ${dim} as a number`);
      return dim;
    });
  }

  int(name: string, otherwise: number): number {
    const attribute = this.attribute(name, AttributeType.INT);
    return attribute ? Number(attribute.i) : otherwise;
  }

  float(name: string, otherwise: number): number {
    return this.attribute(name, AttributeType.FLOAT)?.f ?? otherwise;
  }

  floats(name: string): number[] | undefined {
    return this.attribute(name, AttributeType.FLOATS)?.floats;
  }

  has(name: string): boolean {
    return this.proto.attribute.some((attribute) => attribute.name === name);
  }

  ints(name: string): number[] | undefined {
    return this.attribute(name, AttributeType.INTS)?.ints.map(Number);
  }

  text(name: string, otherwise: string): string {
    const attribute = this.attribute(name, AttributeType.STRING);
    return attribute ? new TextDecoder().decode(attribute.s) : otherwise;
  }

  tensorAttribute(name: string): TensorProto {
    const proto = this.attribute(name, AttributeType.TENSOR)?.t;
    if (!proto) throw this.bad(`lacks its ${name}`);
    return proto;
  }

  /** The values that a graph inside the node gives, its inputs bound to these. */
  run(name: string, inputs: readonly Value[]): Value[] {
    const graph = this.attribute(name, AttributeType.GRAPH)?.g;
    if (!graph) throw this.bad(`lacks its ${name}`);
    return this.context.run(graph, inputs, this.known);
  }

  /** Wrong or unsupported use of a known op. */
  bad(problem: string, hint?: string): LatentcvError {
    return new LatentcvError('bad-model', `the node ${describe(this.proto)} ${problem}`, hint);
  }

  private attribute(name: string, type: AttributeType) {
    const found = this.proto.attribute.find((attribute) => attribute.name === name);
    if (found && found.type !== type) throw this.bad(`has an attribute ${name} of the wrong type`);
    return found;
  }
}

/** Reads a node; one value per output. */
export type ReadForm = (node: NodeReader) => Value | readonly Value[];
export type ReadForms = Readonly<Record<string, ReadForm>>;

/** A node as messages name it. */
export function describe({ name, opType, output }: NodeProto): string {
  return `${name || output.join(', ') || 'without a name'} (${opType})`;
}

/** The number that was meant: attributes are float32, so 0.01 comes as 0.009999999776482582. */
export function shortest(value: number): number {
  const short = rounded(value, 7);
  return Math.fround(short) === value ? short : value;
}
