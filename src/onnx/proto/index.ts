/**
 * ONNX's own messages, as its onnx.proto has them, and how parts of a file are put together from them: nodes, attributes,
 * weights, names and shapes of inputs. Knows bytes and types, no expression of ours.
 */
export {
  AttributeProto_AttributeType as AttributeType,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './generated.js';
export {
  dataType,
  isOutside,
  nodeProto,
  opsetVersion,
  tensorProto,
  valueInfo,
  type AttributeValues,
  type Precision,
} from './messages.js';
