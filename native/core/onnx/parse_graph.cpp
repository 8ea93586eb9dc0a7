#include "onnx/parse_graph.h"

#include <algorithm>
#include <cmath>

#include "latentcv/error.h"

namespace latentcv {
namespace {

using protozero::pbf_reader;
using protozero::tag_and_type;
using wire = protozero::pbf_wire_type;

// Graphs inside If and Loop nodes may nest; deeper than this is no encoder.
constexpr int maximumDepth = 16;

void checkNumbers(const Attribute& attribute) {
  const auto finite = [](double value) { return std::isfinite(value); };
  if (!finite(attribute.number) || !std::all_of(attribute.numbers.begin(), attribute.numbers.end(), finite))
    throw badModel("attribute '" + attribute.name + "': expected finite numbers");
}

/** The fields of AttributeProto that hold plain values. */
bool readPlainAttribute(pbf_reader& message, Attribute& attribute) {
  switch (message.tag_and_type()) {
    case tag_and_type(1, wire::length_delimited):
      attribute.name = message.get_string();
      return true;
    case tag_and_type(2, wire::fixed32):
      attribute.number = message.get_float();
      return true;
    case tag_and_type(3, wire::varint):
      attribute.integer = message.get_int64();
      return true;
    case tag_and_type(4, wire::length_delimited):
      attribute.text = message.get_string();
      return true;
    case tag_and_type(7, wire::length_delimited):
      for (float value : message.get_packed_float()) attribute.numbers.push_back(value);
      return true;
    case tag_and_type(7, wire::fixed32):
      attribute.numbers.push_back(message.get_float());
      return true;
    case tag_and_type(8, wire::length_delimited):
      for (std::int64_t value : message.get_packed_int64()) attribute.integers.push_back(value);
      return true;
    case tag_and_type(8, wire::varint):
      attribute.integers.push_back(message.get_int64());
      return true;
    default:
      return false;
  }
}

Attribute readAttribute(pbf_reader message, int depth) {
  Attribute attribute;
  bool hasTensor = false, hasGraph = false;
  while (message.next()) {
    if (readPlainAttribute(message, attribute)) continue;
    switch (message.tag_and_type()) {
      case tag_and_type(5, wire::length_delimited):
        expectOnce(hasTensor, "tensor per attribute");
        attribute.tensors.push_back(
            readTensor(message.get_message(), "tensor of attribute '" + attribute.name + "'"));
        break;
      case tag_and_type(6, wire::length_delimited):
        expectOnce(hasGraph, "graph per attribute");
        attribute.graphs.push_back(readGraph(message.get_message(), depth + 1));
        break;
      case tag_and_type(10, wire::length_delimited):
        attribute.tensors.push_back(
            readTensor(message.get_message(), "tensor of attribute '" + attribute.name + "'"));
        break;
      case tag_and_type(11, wire::length_delimited):
        attribute.graphs.push_back(readGraph(message.get_message(), depth + 1));
        break;
      case tag_and_type(22, wire::length_delimited):
      case tag_and_type(23, wire::length_delimited):
        refuse("sparse tensors");
      default:
        message.skip();
    }
  }
  checkNumbers(attribute);
  return attribute;
}

Node readNode(pbf_reader message, int depth) {
  Node node;
  while (message.next()) {
    switch (message.tag_and_type()) {
      case tag_and_type(1, wire::length_delimited):
        node.inputs.push_back(message.get_string());
        break;
      case tag_and_type(2, wire::length_delimited):
        node.outputs.push_back(message.get_string());
        break;
      case tag_and_type(3, wire::length_delimited):
        node.name = message.get_string();
        break;
      case tag_and_type(4, wire::length_delimited):
        node.operation = message.get_string();
        break;
      case tag_and_type(5, wire::length_delimited):
        node.attributes.push_back(readAttribute(message.get_message(), depth));
        break;
      case tag_and_type(7, wire::length_delimited):
        node.domain = message.get_string();
        break;
      default:
        message.skip();
    }
  }
  return node;
}

std::int64_t readDimension(pbf_reader message) {
  std::int64_t size = -1;
  while (message.next()) {
    if (message.tag_and_type() == tag_and_type(1, wire::varint))
      size = message.get_int64();
    else
      message.skip();
  }
  return size;
}

std::vector<std::int64_t> readShape(pbf_reader message) {
  std::vector<std::int64_t> shape;
  while (message.next()) {
    if (message.tag_and_type() == tag_and_type(1, wire::length_delimited))
      shape.push_back(readDimension(message.get_message()));
    else
      message.skip();
  }
  return shape;
}

void readTensorType(pbf_reader message, ValueInfo& info) {
  bool hasShape = false;
  while (message.next()) {
    switch (message.tag_and_type()) {
      case tag_and_type(1, wire::varint):
        info.elementType = message.get_int32();
        break;
      case tag_and_type(2, wire::length_delimited):
        expectOnce(hasShape, "shape per input or output");
        info.shape = readShape(message.get_message());
        break;
      default:
        message.skip();
    }
  }
}

void readType(pbf_reader message, ValueInfo& info) {
  bool hasTensor = false;
  while (message.next()) {
    if (message.tag_and_type() != tag_and_type(1, wire::length_delimited)) {
      message.skip();
      continue;
    }
    expectOnce(hasTensor, "type per input or output");
    readTensorType(message.get_message(), info);
  }
}

ValueInfo readValueInfo(pbf_reader message) {
  ValueInfo info;
  bool hasType = false;
  while (message.next()) {
    switch (message.tag_and_type()) {
      case tag_and_type(1, wire::length_delimited):
        info.name = message.get_string();
        break;
      case tag_and_type(2, wire::length_delimited):
        expectOnce(hasType, "type per input or output");
        readType(message.get_message(), info);
        break;
      default:
        message.skip();
    }
  }
  return info;
}

}  // namespace

Graph readGraph(pbf_reader message, int depth) {
  if (depth > maximumDepth)
    throw badModel("expected at most " + std::to_string(maximumDepth) + " graphs inside each other");
  Graph graph;
  while (message.next()) {
    switch (message.tag_and_type()) {
      case tag_and_type(1, wire::length_delimited):
        graph.nodes.push_back(readNode(message.get_message(), depth));
        break;
      case tag_and_type(5, wire::length_delimited):
        graph.initializers.push_back(readTensor(message.get_message(), "a nameless tensor"));
        break;
      case tag_and_type(11, wire::length_delimited):
        graph.inputs.push_back(readValueInfo(message.get_message()));
        break;
      case tag_and_type(12, wire::length_delimited):
        graph.outputs.push_back(readValueInfo(message.get_message()));
        break;
      case tag_and_type(15, wire::length_delimited):
        refuse("sparse tensors");
      default:
        message.skip();
    }
  }
  return graph;
}

}  // namespace latentcv
