import { constant, constantValue, size, type Dim, type Tensor } from '../../graph/index.js';

/** What a name in an ONNX graph stands for: an expression, int64 arithmetic on lengths and axes, or a list of those. */
export type Value = Tensor | Lengths | Whole | Sequence;

/** Real numbers cut to whole ones, which are understood only where they are made real again: to round is all they are for. */
export interface Whole {
  readonly op: 'whole';
  readonly x: Tensor;
}

/** ONNX's sequence of tensors. */
export interface Sequence {
  readonly op: 'sequence';
  readonly items: readonly Value[];
}

/** An int64 tensor: axes, lengths (some of them named) or row numbers. */
export interface Lengths {
  readonly op: 'lengths';
  readonly dims: readonly Dim[];
  /** `[]` for one number (of several lengths, their product), `[dims.length]` for a list; more axes for numbers only. */
  readonly shape: readonly number[];
}

export function lengths(dims: readonly Dim[], shape: readonly number[] = [dims.length]): Lengths {
  return { op: 'lengths', dims, shape };
}

/** Cast to floating point. */
export function asReal({ dims, shape }: Lengths): Tensor {
  return dims.every((dim) => typeof dim === 'number') ? constant(dims, shape) : size(dims);
}

/** Whole numbers that no input enters become the numbers themselves, for those who ask for them. */
export function settle(value: Value): Value {
  if (value.op === 'lengths' || value.op === 'sequence' || value.op === 'whole') return value;
  if (value.kind !== 'index') return value;
  const known = constantValue(value);
  return known ? lengths([...known.data], known.shape) : value;
}

/**
 * Elements that are chosen by values, x[x > c] = …: how many there are is not known. All are taken instead, changed one
 * by one, and where they are put back the mask decides. That is the same as long as nothing asks how many there are, or
 * mixes them: what could is refused.
 */
export interface Choice {
  /** 1 where an element is chosen. */
  mask: Tensor;
  /** Numbers of the elements or their values; or the shape of such a list. */
  kind: 'elements' | 'shape';
}
