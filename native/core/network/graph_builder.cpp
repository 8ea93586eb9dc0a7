#include "network/graph_builder.h"

#include <algorithm>
#include <unordered_set>

#include "network/operators.h"

namespace latentcv {

GraphBuilder::GraphBuilder(const OnnxFile& file, const std::string& input, std::size_t inputSize)
    : file_(file),
      constants_(file.graph, mostNumbers(file.bytes.size())),
      plan_(inputSize, mostNumbers(file.bytes.size())) {
  variables_[input] = Variable{0, false};
}

Network GraphBuilder::build(const std::vector<std::string>& outputs) {
  for (const Node* node : neededFor(outputs)) add(*node);
  std::vector<std::size_t> slots;
  for (const std::string& output : outputs) {
    const auto found = variables_.find(output);
    if (found == variables_.end()) throw badModel("output '" + output + "' does not depend on the input");
    slots.push_back(found->second.slot);
  }
  return plan_.finish(slots.size() == 1 ? slots.front() : plan_.concat(slots));
}

std::vector<const Node*> GraphBuilder::neededFor(const std::vector<std::string>& outputs) const {
  std::unordered_set<std::string> names(outputs.begin(), outputs.end());
  std::vector<const Node*> nodes;
  for (auto node = file_.graph.nodes.rbegin(); node != file_.graph.nodes.rend(); ++node) {
    const auto wanted = [&](const std::string& name) { return !name.empty() && names.count(name) != 0; };
    if (std::none_of(node->outputs.begin(), node->outputs.end(), wanted)) continue;
    if (node->operation != "Split" && std::any_of(node->outputs.begin() + 1, node->outputs.end(), wanted))
      throw Unsupported("no native evaluation of the second output of " + node->describe());
    names.insert(node->inputs.begin(), node->inputs.end());
    nodes.push_back(&*node);
  }
  std::reverse(nodes.begin(), nodes.end());
  return nodes;
}

void GraphBuilder::add(const Node& node) {
  if (!node.domain.empty() && node.domain != "ai.onnx")
    throw Unsupported("no native evaluation of " + node.describe());
  const auto variable = [&](const std::string& name) { return variables_.count(name) != 0; };
  if (std::none_of(node.inputs.begin(), node.inputs.end(), variable)) return constants_.compute(node);
  if (node.operation == "Shape") return addShape(node);
  const Operator convert = findOperator(node);
  if (!convert) throw Unsupported("no native evaluation of " + node.describe());
  convert(*this, node);
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
