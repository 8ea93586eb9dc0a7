#include "onnx/tensor.h"

#include <cmath>
#include <cstring>
#include <limits>

#include "latentcv/error.h"

namespace latentcv {
namespace {

using protozero::data_view;
using protozero::pbf_reader;
using protozero::pbf_wire_type;
using protozero::tag_and_type;

// onnx.proto, TensorProto.DataType: those whose size is a whole number of bytes and that are no strings
enum DataType {
  float32 = 1,
  uint8 = 2,
  int8 = 3,
  uint16 = 4,
  int16 = 5,
  int32 = 6,
  int64 = 7,
  boolean = 9,
  float16 = 10,
  float64 = 11,
  uint32 = 12,
  uint64 = 13,
  bfloat16 = 16
};

std::size_t bytesPerElement(int type) {
  switch (type) {
    case uint8:
    case int8:
    case boolean:
      return 1;
    case uint16:
    case int16:
    case float16:
    case bfloat16:
      return 2;
    case float32:
    case int32:
    case uint32:
      return 4;
    case float64:
    case int64:
    case uint64:
      return 8;
    default:
      return 0;
  }
}

/** The fields of a TensorProto as they stand in the file. */
struct Fields {
  std::string name;
  std::vector<std::int64_t> shape;
  std::int32_t type = 0;
  bool hasRaw = false;
  bool external = false, segmented = false;
  data_view raw;
  std::vector<double> typed;  // whichever of float_data, int32_data, … is there
  int typedField = 0;
};

template <typename Range>
void append(std::vector<double>& values, Range range) {
  for (auto value : range) values.push_back(static_cast<double>(value));
}

void useTypedField(Fields& fields, int field, const std::string& where) {
  if (fields.typedField != 0 && fields.typedField != field)
    throw badModel(where + ": expected its values in one field but received several");
  fields.typedField = field;
}

/** What torch.onnx.export writes by default, beside larger networks. */
[[noreturn]] void refuseExternalData(const std::string& where) {
  throw badModel(
      where +
      ": external data is not supported; expected its values inside the file, as external_data=False "
      "makes torch.onnx.export write it, or as python -c \"import onnx; "
      "onnx.save(onnx.load('model.onnx'), 'whole.onnx')\" does of a file that there is");
}

/** Fields that hold values by type; each may come packed or one by one. */
bool readTypedValues(pbf_reader& message, Fields& fields, const std::string& where) {
  using wire = pbf_wire_type;
  auto& out = fields.typed;
  const int field = static_cast<int>(message.tag());
  switch (message.tag_and_type()) {
    case tag_and_type(4, wire::length_delimited):
      append(out, message.get_packed_float());
      break;
    case tag_and_type(4, wire::fixed32):
      out.push_back(message.get_float());
      break;
    case tag_and_type(5, wire::length_delimited):
      append(out, message.get_packed_int32());
      break;
    case tag_and_type(5, wire::varint):
      out.push_back(message.get_int32());
      break;
    case tag_and_type(7, wire::length_delimited):
      append(out, message.get_packed_int64());
      break;
    case tag_and_type(7, wire::varint):
      out.push_back(static_cast<double>(message.get_int64()));
      break;
    case tag_and_type(10, wire::length_delimited):
      append(out, message.get_packed_double());
      break;
    case tag_and_type(10, wire::fixed64):
      out.push_back(message.get_double());
      break;
    case tag_and_type(11, wire::length_delimited):
      append(out, message.get_packed_uint64());
      break;
    case tag_and_type(11, wire::varint):
      out.push_back(static_cast<double>(message.get_uint64()));
      break;
    default:
      return false;
  }
  useTypedField(fields, field, where);
  return true;
}

Fields readFields(pbf_reader message, const std::string& where) {
  using wire = pbf_wire_type;
  Fields fields;
  while (message.next()) {
    if (readTypedValues(message, fields, where)) continue;
    switch (message.tag_and_type()) {
      case tag_and_type(1, wire::length_delimited):
        for (std::int64_t size : message.get_packed_int64()) fields.shape.push_back(size);
        break;
      case tag_and_type(1, wire::varint):
        fields.shape.push_back(message.get_int64());
        break;
      case tag_and_type(2, wire::varint):
        fields.type = message.get_int32();
        break;
      case tag_and_type(3, wire::length_delimited):
        fields.segmented = true;
        message.skip();
        break;
      case tag_and_type(8, wire::length_delimited):
        fields.name = message.get_string();
        break;
      case tag_and_type(9, wire::length_delimited):
        fields.raw = message.get_view();
        fields.hasRaw = true;
        break;
      case tag_and_type(13, wire::length_delimited):
        fields.external = true;
        message.skip();
        break;
      case tag_and_type(14, wire::varint):
        fields.external |= message.get_int32() != 0;
        break;
      default:
        message.skip();
    }
  }
  return fields;
}

/** Product of the shape; throws where it is negative or larger than any file. */
std::size_t elementCount(const std::vector<std::int64_t>& shape, const std::string& where) {
  std::size_t count = 1;
  for (std::int64_t size : shape) {
    if (size < 0)
      throw badModel(where + ": expected sizes of at least 0 but received " + std::to_string(size));
    const auto limit = std::numeric_limits<std::int32_t>::max();
    if (size != 0 && count > static_cast<std::size_t>(limit) / static_cast<std::size_t>(size))
      throw badModel(where + ": its shape has more elements than a model file can hold");
    count *= static_cast<std::size_t>(size);
  }
  return count;
}

template <typename T>
void decodeAs(const data_view& raw, std::size_t count, std::vector<double>& values) {
  values.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    T value;
    std::memcpy(&value, raw.data() + i * sizeof(T), sizeof(T));
    values[i] = static_cast<double>(value);
  }
}

/** Whether the native evaluator computes with this type; decodes raw bytes (little endian) if so. */
bool decodeRaw(int type, const data_view& raw, std::size_t count, std::vector<double>& values) {
  switch (type) {
    case float32:
      decodeAs<float>(raw, count, values);
      return true;
    case float64:
      decodeAs<double>(raw, count, values);
      return true;
    case int32:
      decodeAs<std::int32_t>(raw, count, values);
      return true;
    case int64:
      decodeAs<std::int64_t>(raw, count, values);
      return true;
    default:
      return false;
  }
}

[[noreturn]] void refuseValue(std::size_t element, const std::string& where) {
  throw badModel(where + ": expected finite values but element " + std::to_string(element) + " is not");
}

/** 16-bit floats, whose bits stand in raw bytes or in int32_data: exponent all ones is infinity or NaN. */
void expectFiniteHalves(const Fields& fields, const std::string& where) {
  const std::uint16_t exponent = fields.type == float16 ? 0x7c00 : 0x7f80;
  std::vector<double> bits = fields.typed;
  if (fields.hasRaw) decodeAs<std::uint16_t>(fields.raw, fields.raw.size() / 2, bits);
  for (std::size_t i = 0; i < bits.size(); ++i)
    if ((static_cast<std::int64_t>(bits[i]) & exponent) == exponent) refuseValue(i, where);
}

void expectFinite(const std::vector<double>& values, const std::string& where) {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!std::isfinite(values[i])) refuseValue(i, where);
}

/** The typed field that onnx.proto gives to an element type. */
int typedFieldOf(int type) {
  if (type == float32) return 4;
  if (type == int64) return 7;
  if (type == float64) return 10;
  return type == uint32 || type == uint64 ? 11 : 5;
}

void expectSize(std::size_t expected, std::size_t received, const char* unit, const std::string& where) {
  if (expected != received)
    throw badModel(where + ": expected " + std::to_string(expected) + " " + unit +
                   " for its shape but received " + std::to_string(received));
}

}  // namespace

Tensor readTensor(pbf_reader message, const std::string& outer) {
  Fields fields = readFields(message, outer);
  const std::string where = fields.name.empty() ? outer : "tensor '" + fields.name + "'";
  if (fields.external) refuseExternalData(where);
  if (fields.segmented)
    throw badModel(where + ": a tensor in segments is not supported; expected its values inside the file");
  const std::size_t size = bytesPerElement(fields.type);
  if (size == 0) throw badModel(where + ": unknown element type " + std::to_string(fields.type));
  const std::size_t count = elementCount(fields.shape, where);
  if (fields.type == float16 || fields.type == bfloat16) expectFiniteHalves(fields, where);
  Tensor tensor{std::move(fields.name), std::move(fields.shape), {}, false};
  if (fields.hasRaw) {
    if (fields.typedField != 0)
      throw badModel(where + ": expected its values in one field but received several");
    expectSize(count * size, fields.raw.size(), "bytes", where);
    tensor.decoded = decodeRaw(fields.type, fields.raw, count, tensor.values);
  } else {
    if (fields.typedField != 0 && fields.typedField != typedFieldOf(fields.type))
      throw badModel(where + ": its values are in a field for another element type");
    expectSize(count, fields.typed.size(), "values", where);
    tensor.values = std::move(fields.typed);
    tensor.decoded =
        fields.type == float32 || fields.type == float64 || fields.type == int32 || fields.type == int64;
  }
  expectFinite(tensor.values, where);
  return tensor;
}

}  // namespace latentcv
