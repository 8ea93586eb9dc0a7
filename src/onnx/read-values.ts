import { TensorProto_DataLocation as DataLocation, type TensorProto } from 'onnx-buf';
import { LatentcvError } from '../support/errors.js';
import { constant, indexConstant, size, type Dim, type Tensor } from '../graph/index.js';
import { DataType } from './proto.js';

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

/** An initialiser: its size, type and bytes checked before its values are used. */
export function readInitializer(proto: TensorProto): Tensor | Lengths {
  const shape = proto.dims.map(Number);
  const values = readValues(proto, shape);
  const name = proto.name === '' ? undefined : proto.name;
  switch (proto.dataType as DataType) {
    case DataType.FLOAT:
    case DataType.DOUBLE:
      return constant(finite(proto, values), shape, name);
    case DataType.INT32:
      return indexConstant(values, shape, name);
    case DataType.INT64:
      return lengths(values, shape);
    default:
      return constant(values, shape, name);
  }
}

const widths: Partial<Record<number, number>> = {
  [DataType.FLOAT]: 4,
  [DataType.DOUBLE]: 8,
  [DataType.INT32]: 4,
  [DataType.INT64]: 8,
  [DataType.BOOL]: 1,
};

function readValues(proto: TensorProto, shape: readonly number[]): number[] {
  const width = widths[proto.dataType];
  if (width === undefined)
    throw bad(proto, `has the type ${DataType[proto.dataType] ?? proto.dataType}, which is not read`);
  if (proto.dataLocation === DataLocation.EXTERNAL || proto.externalData.length > 0) {
    throw bad(
      proto,
      'lies outside the file',
      'save the model with all weights inside (external data is refused)',
    );
  }
  const count = shape.reduce((a, b) => a * b, 1);
  if (!shape.every((dim) => dim >= 0) || !Number.isSafeInteger(count))
    throw bad(proto, `has the shape [${shape.join(', ')}]`);
  const found = proto.rawData.length > 0 ? proto.rawData.length / width : fieldValues(proto).length;
  if (found !== count)
    throw bad(proto, `should have ${count} values for its shape [${shape.join(', ')}] but has ${found}`);
  return proto.rawData.length > 0 ? rawValues(proto) : fieldValues(proto);
}

function fieldValues(proto: TensorProto): number[] {
  switch (proto.dataType as DataType) {
    case DataType.FLOAT:
      return proto.floatData;
    case DataType.DOUBLE:
      return proto.doubleData;
    case DataType.INT64:
      return proto.int64Data.map(Number);
    default:
      return proto.int32Data;
  }
}

function rawValues({ rawData, dataType }: TensorProto): number[] {
  // Copied, so that values are aligned; a Buffer's own slice() would share its memory.
  const { buffer } = new Uint8Array(rawData);
  switch (dataType as DataType) {
    case DataType.FLOAT:
      return Array.from(new Float32Array(buffer));
    case DataType.DOUBLE:
      return Array.from(new Float64Array(buffer));
    case DataType.INT32:
      return Array.from(new Int32Array(buffer));
    case DataType.INT64:
      return Array.from(new BigInt64Array(buffer), Number);
    default:
      return Array.from(new Uint8Array(buffer));
  }
}

function finite(proto: TensorProto, values: number[]): number[] {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0)
    throw bad(
      proto,
      `has ${values[at]} at position ${at}`,
      'the model diverged in training or the file is damaged',
    );
  return values;
}

function bad({ name }: TensorProto, problem: string, hint?: string): LatentcvError {
  return new LatentcvError('bad-model', `the tensor ${name || 'without a name'} ${problem}`, hint);
}
