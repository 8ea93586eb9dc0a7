import { topological, type Tensor } from '../../graph/index.js';
import { LatentcvError } from '../../support/index.js';
import type { Lengths, Value } from './values.js';

/** Numbers that a network from a file of this size may need: more in a few bytes is no encoder. As in the C++ core. */
export function mostNumbers(fileBytes: number): number {
  return Math.min(2 ** 26, 2 ** 20 + 16 * fileBytes);
}

/** Axes of one tensor. */
const mostAxes = 64;

/**
 * What the graph of a file may cost, counted while it is read and before anything is computed: numbers in all results for
 * one frame, and multiplications of its products of matrices.
 */
export class Budget {
  private readonly counted = new Set<Tensor>();
  private readonly limit: number;
  private numbers = 0;
  private products = 0;

  constructor(private readonly fileBytes: number) {
    this.limit = mostNumbers(fileBytes);
  }

  /** Whether that many numbers more may be made, asked before they are. */
  expectRoom(numbers: number): void {
    if (!(this.numbers + numbers <= this.limit)) throw this.tooMuch();
  }

  /** Counts what a node gave; parts that were counted before cost nothing. */
  count(value: Value): void {
    if (value.op === 'lengths') return this.spend(value.dims.length + 1);
    if (value.op === 'whole') return this.count(value.x);
    if (value.op === 'sequence') return value.items.forEach((item) => this.count(item));
    if (this.counted.has(value)) return;
    for (const tensor of topological([value], this.counted)) this.countTensor(tensor);
  }

  /** Counts a tensor that stands in the file as it is: its bytes are its cost. */
  countWeight(value: Tensor | Lengths): void {
    if (value.op !== 'lengths') this.counted.add(value);
  }

  private countTensor(tensor: Tensor): void {
    this.counted.add(tensor);
    if (tensor.shape.length > mostAxes)
      throw new LatentcvError(
        'bad-model',
        `expected tensors of at most ${mostAxes} axes but one has ${tensor.shape.length}`,
      );
    const length = tensor.shape.find(
      (dim) => typeof dim === 'number' && !(Number.isSafeInteger(dim) && dim >= 0),
    );
    if (length !== undefined)
      throw new LatentcvError('bad-model', `expected lengths of at least 0 but a tensor has ${length}`);
    this.spend(numbersPerFrame(tensor) + 1);
    if (tensor.op === 'matmul') this.products += multiplications(tensor);
    if (this.products > 4 * this.limit + 2 ** 26) throw this.tooMuch();
  }

  private spend(numbers: number): void {
    this.expectRoom(numbers);
    this.numbers += numbers;
  }

  private tooMuch(): LatentcvError {
    return new LatentcvError(
      'bad-model',
      `expected an encoder but the graph computes more than is reasonable for a file of ${this.fileBytes} bytes`,
    );
  }
}

/** Elements of a result where every named axis, such as that of the frames, has length 1. */
export function numbersPerFrame({ shape }: Pick<Tensor, 'shape'>): number {
  return shape.reduce<number>((product, dim) => (typeof dim === 'number' ? product * dim : product), 1);
}

function multiplications(tensor: Extract<Tensor, { op: 'matmul' }>): number {
  const [a] = tensor.inputs as [Tensor];
  const inner = a.shape.at(tensor.attributes.transposeA ? -2 : -1);
  return numbersPerFrame(tensor) * (typeof inner === 'number' ? inner : 1);
}
