import { constant, indexConstant, type Tensor } from '../../graph/index.js';
import { LatentcvError } from '../../support/index.js';
import { DataType, isOutside, type TensorProto } from '../proto/index.js';
import { lengths, type Lengths } from './values.js';

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
      return lengths(Array.from(values), shape);
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

function readValues(proto: TensorProto, shape: readonly number[]): ArrayLike<number> {
  const width = widths[proto.dataType];
  if (width === undefined)
    throw bad(proto, `has the type ${DataType[proto.dataType] ?? proto.dataType}, which is not read`);
  if (isOutside(proto)) throw outside(proto);
  const count = shape.reduce((a, b) => a * b, 1);
  if (!shape.every((dim) => dim >= 0) || !Number.isSafeInteger(count))
    throw bad(proto, `has the shape [${shape.join(', ')}]`);
  if (proto.segment) throw bad(proto, 'comes in segments, which are not read');
  const raw = proto.rawData.length > 0;
  if (raw && fieldCount(proto) > 0)
    throw bad(proto, 'has raw bytes and typed values, of which one was expected');
  const found = raw ? proto.rawData.length / width : fieldValues(proto).length;
  if (found !== count)
    throw bad(proto, `should have ${count} values for its shape [${shape.join(', ')}] but has ${found}`);
  return raw ? rawValues(proto) : fieldValues(proto);
}

/** Values in all typed fields together. */
function fieldCount({
  floatData,
  doubleData,
  int32Data,
  int64Data,
  stringData,
  uint64Data,
}: TensorProto): number {
  const fields = [floatData, doubleData, int32Data, int64Data, stringData, uint64Data];
  return fields.reduce((sum, field) => sum + field.length, 0);
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

function rawValues({ rawData, dataType }: TensorProto): ArrayLike<number> {
  // Copied, so that values are aligned; a Buffer's own slice() would share its memory.
  const { buffer } = new Uint8Array(rawData);
  switch (dataType as DataType) {
    case DataType.FLOAT:
      return new Float32Array(buffer);
    case DataType.DOUBLE:
      return new Float64Array(buffer);
    case DataType.INT32:
      return new Int32Array(buffer);
    case DataType.INT64:
      return Array.from(new BigInt64Array(buffer), Number);
    default:
      return new Uint8Array(buffer);
  }
}

function finite(proto: TensorProto, values: ArrayLike<number>): ArrayLike<number> {
  let at = 0;
  while (at < values.length && Number.isFinite(values[at])) at++;
  if (at < values.length)
    throw bad(
      proto,
      `has ${values[at]} at position ${at}`,
      'the model diverged in training or the file is damaged',
    );
  return values;
}

function outside(proto: TensorProto): LatentcvError {
  const file = proto.externalData.find(({ key }) => key === 'location')?.value;
  return bad(
    proto,
    `lies outside the file${file === undefined ? '' : `, in ${JSON.stringify(file)}`}`,
    "‘externalData’ reads what lies beside the file; for one file export with external_data=False, or: python -c \"import onnx; onnx.save(onnx.load('f.onnx'), 'g.onnx')\"",
  );
}

function bad({ name }: TensorProto, problem: string, hint?: string): LatentcvError {
  return new LatentcvError('bad-model', `the tensor ${name || 'without a name'} ${problem}`, hint);
}
