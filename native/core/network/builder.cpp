#include "network/builder.h"

#include <algorithm>
#include <unordered_set>

#include "network/graph_builder.h"
#include "network/operators.h"
#include "onnx/unsupported.h"

namespace latentcv {
namespace {

/** The nodes that these outputs come from, in order. Throws Unsupported where one has several that count. */
std::vector<const Node*> neededFor(const std::vector<std::string>& outputs, const Graph& graph) {
  std::unordered_set<std::string> names(outputs.begin(), outputs.end());
  std::vector<const Node*> nodes;
  for (auto node = graph.nodes.rbegin(); node != graph.nodes.rend(); ++node) {
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

void add(const Node& node, GraphBuilder& builder) {
  if (!node.domain.empty() && node.domain != "ai.onnx")
    throw Unsupported("no native evaluation of " + node.describe());
  if (!builder.readsVariable(node)) return builder.addConstant(node);
  if (node.operation == "Shape") return builder.addShape(node);
  const Operator convert = findOperator(node);
  if (!convert) throw Unsupported("no native evaluation of " + node.describe());
  convert(builder, node);
}

}  // namespace

Network buildNetwork(const OnnxFile& file, const std::string& input, std::size_t inputSize,
                     const std::vector<std::string>& outputs) {
  if (file.opset < oldestOpset)
    throw Unsupported("no native evaluation of operator set " + std::to_string(file.opset) + ", only from " +
                      std::to_string(oldestOpset));
  GraphBuilder builder(file, input, inputSize);
  for (const Node* node : neededFor(outputs, file.graph)) add(*node, builder);
  Network network = builder.finish(outputs);
  recognize(network);
  simplify(network);
  return network;
}

}  // namespace latentcv
