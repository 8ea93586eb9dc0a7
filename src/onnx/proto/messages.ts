import { create } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  NodeProtoSchema,
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './generated.js';
import type { Kind, Shape } from '../../graph/index.js';

/** What `real` tensors become in a file. */
export type Precision = 'float' | 'double';

/** The operator set we write: what PyTorch and ONNX Runtime of the last years share. */
export const opsetVersion = 17;

/** An ONNX attribute: whole numbers (exact type `int`), `{ float }`, a word, a list of whole numbers, or a body graph. */
export type AttributeValue = number | { float: number } | string | readonly number[] | GraphProto;
export type AttributeValues = Readonly<Record<string, AttributeValue>>;

export function dataType(kind: Kind, precision: Precision): DataType {
  if (kind === 'index') return DataType.INT32;
  return precision === 'float' ? DataType.FLOAT : DataType.DOUBLE;
}

export function nodeProto(
  opType: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: AttributeValues,
): NodeProto {
  const attribute = Object.entries(attributes).map(([name, value]) => attributeProto(name, value));
  return create(NodeProtoSchema, {
    name: outputs[0] ?? '',
    opType,
    input: [...inputs],
    output: [...outputs],
    attribute,
  });
}

function attributeProto(name: string, value: AttributeValue): AttributeProto {
  if (typeof value === 'number')
    return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  if (typeof value === 'string') {
    return create(AttributeProtoSchema, {
      name,
      type: AttributeType.STRING,
      s: new TextEncoder().encode(value),
    });
  }
  if ('float' in value)
    return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value.float });
  if ('node' in value) return create(AttributeProtoSchema, { name, type: AttributeType.GRAPH, g: value });
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
}

/** Name, type and shape of a graph's input or output. */
export function valueInfo(name: string, elemType: DataType, shape: Shape): ValueInfoProto {
  const dim = shape.map((length) =>
    create(TensorShapeProto_DimensionSchema, {
      value:
        typeof length === 'number'
          ? { case: 'dimValue', value: BigInt(length) }
          : { case: 'dimParam', value: length },
    }),
  );
  const tensorType = create(TypeProto_TensorSchema, {
    elemType,
    shape: create(TensorShapeProtoSchema, { dim }),
  });
  return create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, { value: { case: 'tensorType', value: tensorType } }),
  });
}

/** Values written in the byte order ONNX asks for, which every machine that Node runs on has: little-endian. */
export function tensorProto(
  name: string,
  type: DataType,
  shape: readonly number[],
  values: Iterable<number>,
): TensorProto {
  const rawData = new Uint8Array(typedValues(type, [...values]).buffer as ArrayBuffer);
  return create(TensorProtoSchema, { name, dataType: type, dims: shape.map(BigInt), rawData });
}

function typedValues(type: DataType, values: number[]): ArrayBufferView {
  switch (type) {
    case DataType.FLOAT:
      return Float32Array.from(values);
    case DataType.DOUBLE:
      return Float64Array.from(values);
    case DataType.INT32:
      return Int32Array.from(values);
    case DataType.INT64:
      return BigInt64Array.from(values, BigInt);
    case DataType.BOOL:
      return Uint8Array.from(values);
    default:
      throw new TypeError(`no values of ONNX type ${DataType[type]}`);
  }
}

/** Whether a tensor's values lie in another file. */
export function isOutside({ externalData, dataLocation }: TensorProto): boolean {
  return externalData.length > 0 || dataLocation === DataLocation.EXTERNAL;
}
