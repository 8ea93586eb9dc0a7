import {
  DataType,
  dataType,
  nodeProto,
  opsetVersion,
  tensorProto,
  type AttributeValues,
  type GraphProto,
  type NodeProto,
  type Precision,
  type TensorProto,
} from '../proto/index.js';
import { LatentcvError } from '../../support/index.js';
import { inputsOf, type Shape, type Tensor } from '../../graph/index.js';

/** Names that no two values of a model share, body graphs included. */
export class Names {
  private readonly taken = new Set<string>();
  /** The number last given to a series. */
  private readonly last = new Map<string, number>();

  /** The name itself where it is free, else with the next number. */
  claim(wanted: string): string {
    let name = wanted;
    for (let i = 2; this.taken.has(name); i++) name = `${wanted}_${i}`;
    this.taken.add(name);
    return name;
  }

  /** The next of a numbered series: `gemm_1`, `gemm_2`, … */
  number(stem: string): string {
    let i = (this.last.get(stem) ?? 0) + 1;
    while (this.taken.has(`${stem}_${i}`)) i++;
    this.last.set(stem, i);
    return this.claim(`${stem}_${i}`);
  }
}

/** Collects the nodes and initialisers of one ONNX graph; a body graph also sees its parent's values. */
export class Emitter {
  readonly nodes: NodeProto[] = [];
  readonly initializers: TensorProto[] = [];
  private readonly emitted = new Map<Tensor, string>();
  private readonly shared = new Map<string, string>();

  constructor(
    readonly precision: Precision,
    readonly names: Names,
    private readonly parent?: Emitter,
    /** The operator set that nodes are written for: ours, or a file's that they stand beside. */
    readonly opset: number = parent?.opset ?? opsetVersion,
  ) {}

  /** The tensor's name, where it has been written here or in a parent. */
  find(tensor: Tensor): string | undefined {
    return this.emitted.get(tensor) ?? this.parent?.find(tensor);
  }

  nameOf(tensor: Tensor): string {
    const name = this.find(tensor);
    if (name === undefined) throw new LatentcvError('bad-graph', `${tensor.op} is used before it is written`);
    return name;
  }

  set(tensor: Tensor, name: string): void {
    this.emitted.set(tensor, name);
  }

  /** Writes a node with one output and returns the output's name. */
  node(opType: string, inputs: readonly string[], attributes: AttributeValues = {}, output?: string): string {
    const name = output ?? this.names.number(opType.toLowerCase());
    this.nodes.push(nodeProto(opType, inputs, [name], attributes));
    return name;
  }

  /** Writes a node of which the second output alone is wanted. */
  secondOf(opType: string, inputs: readonly string[], attributes: AttributeValues = {}): string {
    const [first, second] = [1, 2].map(() => this.names.number(opType.toLowerCase()));
    this.nodes.push(nodeProto(opType, inputs, [first, second], attributes));
    return second;
  }

  /** Writes a Loop around a body graph. */
  loop(inputs: readonly string[], outputs: readonly string[], body: GraphProto): void {
    this.nodes.push(nodeProto('Loop', inputs, outputs, { body }));
  }

  real(values: ArrayLike<number>, shape: readonly number[], name?: string): string {
    return this.initializer(dataType('real', this.precision), values, shape, name);
  }

  /** A one-dimensional int64 initialiser, the type of ONNX's axes and shapes; equal ones are shared. */
  int64(values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.once(`int64 ${shape.join()} ${values.join()}`, () =>
      this.initializer(DataType.INT64, values, shape),
    );
  }

  /** A row of ones `[1, count]`, shared. */
  ones(count: number): string {
    return this.once(`ones ${count}`, () => this.real(new Float64Array(count).fill(1), [1, count]));
  }

  initializer(type: DataType, values: ArrayLike<number>, shape: readonly number[], name?: string): string {
    const claimed = name === undefined ? this.names.number('constant') : this.names.claim(name);
    this.initializers.push(tensorProto(claimed, type, shape, Array.from(values)));
    return claimed;
  }

  /** A shape as an int64 tensor, its named axes read from the inputs that carry them. */
  shape(shape: Shape): string {
    if (shape.every((dim) => typeof dim === 'number')) return this.int64(shape);
    return this.once(`shape ${shape.join()}`, () => {
      const parts = shape.map((dim) => (typeof dim === 'number' ? this.int64([dim]) : this.length(dim)));
      return parts.length === 1 ? parts[0] : this.node('Concat', parts, { axis: 0 });
    });
  }

  /** The length of a named axis as an int64 tensor `[1]`. */
  private length(dim: string): string {
    if (this.parent) return this.parent.length(dim);
    return this.once(`length ${dim}`, () => {
      for (const [tensor, name] of this.emitted) {
        const axis = tensor.op === 'input' ? tensor.shape.indexOf(dim) : -1;
        if (axis >= 0) return this.node('Shape', [name], { start: axis, end: axis + 1 });
      }
      throw new LatentcvError('bad-graph', `no input tells the length of axis ${dim}`);
    });
  }

  private once(key: string, make: () => string): string {
    const found = this.shared.get(key);
    if (found !== undefined) return found;
    const made = make();
    this.shared.set(key, made);
    return made;
  }
}

/** The inputs of a model in their order: those given, which must be all that are used, under distinct names. */
export function checkInputs(outputs: readonly Tensor[], given?: readonly Tensor[]): readonly Tensor[] {
  const used: readonly Tensor[] = inputsOf(outputs);
  const inputs = given ?? used;
  const missing = used.find((tensor) => !inputs.includes(tensor));
  if (missing)
    throw new LatentcvError(
      'bad-graph',
      `the input ${missing.name} is used but not among the model's inputs`,
    );
  const other = inputs.find((tensor) => tensor.op !== 'input');
  if (other) throw new LatentcvError('bad-graph', `expected inputs but received the result of ${other.op}`);
  const names = inputs.map((tensor) => tensor.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new LatentcvError('bad-graph', `two inputs are called ${twice}`);
  return inputs;
}
