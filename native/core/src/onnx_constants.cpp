#include "onnx_constants.h"

#include <algorithm>
#include <cmath>

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

/** Only what leaves the numbers as they are. */
Tensor cast(const Node& node, const Tensor& in) {
  const Attribute* to = node.attribute("to");
  const auto whole = [](double value) { return value == std::floor(value); };
  const bool same = to && (to->integer == 1 || to->integer == 11 ||
                           (to->integer == 7 && std::all_of(in.values.begin(), in.values.end(), whole)));
  if (!same) throw Unsupported(node.describe() + ": no native evaluation with this type");
  return in;
}

/** A single number becomes a list of one; a list of d becomes [1, d] or [d, 1]. */
Tensor unsqueezed(const Node& node, const Tensor& in, const Tensor* axes) {
  const Attribute* attribute = node.attribute("axes");
  std::vector<double> given;
  if (axes) given = axes->values;
  if (!axes && attribute) given.assign(attribute->integers.begin(), attribute->integers.end());
  const auto rank = static_cast<double>(in.shape.size());
  if (given.size() != 1 || given[0] < -rank - 1 || given[0] > rank)
    throw Unsupported(node.describe() + ": no native evaluation without exactly one axis");
  Tensor out = in;
  const double place = given[0] < 0 ? given[0] + rank + 1 : given[0];
  out.shape.insert(out.shape.begin() + static_cast<std::ptrdiff_t>(place), 1);
  return out;
}

Tensor squareRoot(Tensor tensor) {
  for (double& value : tensor.values) value = std::sqrt(value);
  return tensor;
}

bool arithmetic(const std::string& operation) {
  return operation == "Add" || operation == "Sub" || operation == "Mul" || operation == "Div";
}

double apply(const std::string& operation, double a, double b) {
  if (operation == "Add") return a + b;
  if (operation == "Sub") return a - b;
  return operation == "Mul" ? a * b : a / b;
}

/** Of two constants of one shape, or of one and a single number. */
Tensor combined(const Node& node, const Tensor& left, const Tensor& right) {
  const bool wider = left.shape.size() > right.shape.size() || left.values.size() > right.values.size();
  Tensor out = wider ? left : right;
  const bool like = left.shape == right.shape || (wider ? right : left).values.size() == 1;
  if (!like || left.values.empty() || right.values.empty())
    throw Unsupported(node.describe() + ": no native evaluation of this broadcast of constants");
  for (std::size_t i = 0; i < out.values.size(); ++i) {
    const double a = left.values[left.values.size() == 1 ? 0 : i];
    const double b = right.values[right.values.size() == 1 ? 0 : i];
    out.values[i] = apply(node.operation, a, b);
  }
  return out;
}

void expectFinite(const Node& node, const Tensor& tensor) {
  for (double value : tensor.values)
    if (!std::isfinite(value)) throw badModel(node.describe() + ": expected finite constants");
}

}  // namespace

Constants::Constants(const Graph& graph, std::size_t most) : left_(most) {
  for (const Tensor& tensor : graph.initializers) byName_[tensor.name] = &tensor;
}

const Tensor* Constants::find(const std::string& name) const {
  const auto found = byName_.find(name);
  if (found == byName_.end()) return nullptr;
  if (!found->second->decoded)
    throw Unsupported("no native evaluation with the element type of tensor '" + name + "'");
  return found->second;
}

const Tensor& Constants::operand(const Node& node, std::size_t i) const {
  const Tensor* found = find(node.inputs[i]);
  if (!found) throw badModel(node.describe() + ": input " + std::to_string(i) + " is missing");
  return *found;
}

void Constants::add(const std::string& name, Tensor tensor) {
  if (tensor.values.size() > left_)
    throw badModel("expected an encoder but its constants need more memory than is reasonable");
  left_ -= tensor.values.size();
  computed_.push_back(std::move(tensor));
  byName_[name] = &computed_.back();
}

void Constants::compute(const Node& node) {
  if (node.outputs.size() != 1) throw Unsupported("no native evaluation of " + node.describe());
  const std::string& output = node.outputs.front();
  if (node.operation == "Constant")
    add(output, constantValue(node));
  else if (node.operation == "Identity" && node.inputs.size() == 1)
    add(output, operand(node, 0));
  else if (node.operation == "Transpose" && node.inputs.size() == 1)
    add(output, transposed(node, operand(node, 0)));
  else if (node.operation == "Cast" && node.inputs.size() == 1)
    add(output, cast(node, operand(node, 0)));
  else if (node.operation == "Unsqueeze" && !node.inputs.empty())
    add(output, unsqueezed(node, operand(node, 0), node.inputs.size() == 2 ? &operand(node, 1) : nullptr));
  else if (node.operation == "Sqrt" && node.inputs.size() == 1)
    add(output, squareRoot(operand(node, 0)));
  else if (arithmetic(node.operation) && node.inputs.size() == 2)
    add(output, combined(node, operand(node, 0), operand(node, 1)));
  else
    throw Unsupported("no native evaluation of " + node.describe() + " on constants");
  expectFinite(node, *byName_[output]);
}

}  // namespace latentcv
