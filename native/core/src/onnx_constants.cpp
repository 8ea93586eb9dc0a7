#include "onnx_constants.h"

namespace latentcv {
namespace {

/** Whichever attribute a Constant node gives its value in. */
Tensor constantValue(const Node& node) {
  if (node.attributes.size() != 1) throw badModel(node.describe() + ": expected one value");
  const Attribute& value = node.attributes.front();
  if (value.name == "value" && value.tensors.size() == 1) return value.tensors.front();
  const auto count = static_cast<std::int64_t>(value.numbers.size() + value.integers.size());
  if (value.name == "value_float") return {"", {}, {value.number}, true};
  if (value.name == "value_int") return {"", {}, {static_cast<double>(value.integer)}, true};
  if (value.name == "value_floats") return {"", {count}, value.numbers, true};
  if (value.name == "value_ints")
    return {"", {count}, std::vector<double>(value.integers.begin(), value.integers.end()), true};
  throw Unsupported(node.describe() + ": no native evaluation of a constant given as " + value.name);
}

/** The transpose of a matrix; ONNX reverses the axes where `perm` is absent. */
Tensor transposed(const Node& node, const Tensor& in) {
  const Attribute* order = node.attribute("perm");
  if (in.shape.size() != 2 || (order && order->integers != std::vector<std::int64_t>{1, 0}))
    throw Unsupported(node.describe() + ": no native evaluation of transposing anything but a matrix");
  const std::size_t rows = static_cast<std::size_t>(in.shape[0]),
                    columns = static_cast<std::size_t>(in.shape[1]);
  Tensor out{"", {in.shape[1], in.shape[0]}, std::vector<double>(in.values.size()), true};
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c) out.values[c * rows + r] = in.values[r * columns + c];
  return out;
}

}  // namespace

Constants::Constants(const Graph& graph) {
  for (const Tensor& tensor : graph.initializers) byName_[tensor.name] = &tensor;
}

const Tensor* Constants::find(const std::string& name) const {
  const auto found = byName_.find(name);
  if (found == byName_.end()) return nullptr;
  if (!found->second->decoded)
    throw Unsupported("no native evaluation with the element type of tensor '" + name + "'");
  return found->second;
}

void Constants::add(const std::string& name, Tensor tensor) {
  computed_.push_back(std::move(tensor));
  byName_[name] = &computed_.back();
}

void Constants::compute(const Node& node) {
  if (node.outputs.size() != 1) throw Unsupported("no native evaluation of " + node.describe());
  const std::string& output = node.outputs.front();
  if (node.operation == "Constant")
    add(output, constantValue(node));
  else if (node.operation == "Identity" && node.inputs.size() == 1)
    add(output, *find(node.inputs.front()));
  else if (node.operation == "Transpose" && node.inputs.size() == 1)
    add(output, transposed(node, *find(node.inputs.front())));
  else
    throw Unsupported("no native evaluation of " + node.describe() + " on constants");
}

}  // namespace latentcv
