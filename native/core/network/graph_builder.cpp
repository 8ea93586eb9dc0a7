#include "network/graph_builder.h"

#include <algorithm>

#include "onnx/unsupported.h"

namespace latentcv {

GraphBuilder::GraphBuilder(const OnnxFile& file, const std::string& input, std::size_t inputSize)
    : file_(file),
      constants_(file.graph, mostNumbers(file.bytes.size())),
      plan_(inputSize, mostNumbers(file.bytes.size())) {
  variables_[input] = Variable{0, false};
}

Network GraphBuilder::finish(const std::vector<std::string>& outputs) {
  std::vector<std::size_t> slots;
  for (const std::string& output : outputs) {
    const auto found = variables_.find(output);
    if (found == variables_.end()) throw badModel("output '" + output + "' does not depend on the input");
    slots.push_back(found->second.slot);
  }
  return plan_.finish(slots.size() == 1 ? slots.front() : plan_.concat(slots));
}

bool GraphBuilder::readsVariable(const Node& node) const {
  return std::any_of(node.inputs.begin(), node.inputs.end(),
                     [&](const std::string& name) { return variables_.count(name) != 0; });
}

void GraphBuilder::addShape(const Node& node) {
  const Variable in = requireVariable(node, 0);
  std::vector<std::int64_t> shape{1};
  if (!in.flat) shape.push_back(static_cast<std::int64_t>(size(in)));
  constants_.addShape(node, shape);
}

bool GraphBuilder::given(const Node& node, std::size_t i) const {
  return i < node.inputs.size() && !node.inputs[i].empty();
}

const std::string& GraphBuilder::inputName(const Node& node, std::size_t i) const {
  if (!given(node, i)) throw badModel(node.describe() + ": input " + std::to_string(i) + " is missing");
  return node.inputs[i];
}

const Variable* GraphBuilder::variable(const Node& node, std::size_t i) const {
  const auto found = variables_.find(inputName(node, i));
  return found == variables_.end() ? nullptr : &found->second;
}

Variable GraphBuilder::requireAnyVariable(const Node& node) const {
  for (std::size_t i = 0; i < node.inputs.size(); ++i)
    if (const Variable* found = given(node, i) ? variable(node, i) : nullptr) return *found;
  throw Unsupported(node.describe() + ": no native evaluation of constants alone");
}

Variable GraphBuilder::requireVariable(const Node& node, std::size_t i) const {
  if (const Variable* found = variable(node, i)) return *found;
  throw Unsupported(node.describe() + ": no native evaluation with a constant as input " + std::to_string(i));
}

const Tensor& GraphBuilder::requireConstant(const Node& node, std::size_t i) const {
  if (const Tensor* found = constants_.find(inputName(node, i))) return *found;
  throw Unsupported(node.describe() + ": no native evaluation where input " + std::to_string(i) +
                    " depends on the model's input");
}

void GraphBuilder::set(const Node& node, Variable value, std::size_t output) {
  variables_[node.outputs.at(output)] = value;
}

}  // namespace latentcv
