#include "onnx/constants.h"

#include <algorithm>
#include <cmath>

#include "onnx/constant_operators.h"
#include "onnx/unsupported.h"

namespace latentcv {
namespace {

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

void Constants::add(const std::string& name, Tensor tensor) {
  if (tensor.values.size() > left_)
    throw badModel("expected an encoder but its constants need more memory than is reasonable");
  left_ -= tensor.values.size();
  computed_.push_back(std::move(tensor));
  byName_[name] = &computed_.back();
}

void Constants::addShape(const Node& node, const std::vector<std::int64_t>& shape) {
  const auto rank = static_cast<std::int64_t>(shape.size());
  const auto place = [&](const char* name, std::int64_t otherwise) {
    const Attribute* attribute = node.attribute(name);
    const std::int64_t at = attribute ? attribute->integer : otherwise;
    return std::clamp(at < 0 ? at + rank : at, std::int64_t{0}, rank);
  };
  const std::int64_t start = place("start", 0), end = std::max(start, place("end", rank));
  Tensor list{"", {end - start}, std::vector<double>(shape.begin() + start, shape.begin() + end), true};
  add(node.outputs.front(), std::move(list));
}

void Constants::compute(const Node& node) {
  if (node.outputs.size() != 1) throw Unsupported("no native evaluation of " + node.describe());
  std::vector<const Tensor*> inputs;
  for (const std::string& name : node.inputs) inputs.push_back(name.empty() ? nullptr : find(name));
  const std::string& output = node.outputs.front();
  add(output, computeConstant(node, inputs));
  expectFinite(node, *byName_[output]);
}

}  // namespace latentcv
