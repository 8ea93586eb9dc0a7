#include "network/operators.h"

#include "network/activations.h"

namespace latentcv {
namespace {

const ActivationKind* findActivation(const std::string& name) {
  for (const ActivationKind& kind : activationKinds)
    if (name == kind.name) return &kind;
  return nullptr;
}

void activation(GraphBuilder& graph, const Node& node, const std::string& name) {
  const ActivationKind& kind = *findActivation(name);
  const Variable in = graph.requireVariable(node, 0);
  const double alpha = number(node, "alpha", kind.alpha), gamma = number(node, "gamma", kind.gamma);
  graph.set(node, {graph.plan().activation(in.slot, name, alpha, gamma), in.flat});
}

void applyElementwise(GraphBuilder& graph, const Node& node) { activation(graph, node, node.operation); }

void gelu(GraphBuilder& graph, const Node& node) {
  const Attribute* approximate = node.attribute("approximate");
  activation(graph, node, approximate && approximate->text == "tanh" ? "GeluTanh" : "Gelu");
}

}  // namespace

Operator findOperator(const Node& node) {
  for (const OperatorTable* table : {&affineOperators(), &arithmeticOperators(), &choiceOperators(),
                                     &reductionOperators(), &shapeOperators()}) {
    const auto found = table->find(node.operation);
    if (found != table->end()) return found->second;
  }
  if (node.operation == "Gelu") return gelu;
  return findActivation(node.operation) ? applyElementwise : nullptr;
}

double number(const Node& node, const char* name, double otherwise) {
  const Attribute* attribute = node.attribute(name);
  return attribute ? attribute->number : otherwise;
}

std::int64_t integer(const Node& node, const char* name, std::int64_t otherwise) {
  const Attribute* attribute = node.attribute(name);
  return attribute ? attribute->integer : otherwise;
}

void expectFeatureAxis(const Node& node, const Variable& variable, std::int64_t axis) {
  const std::int64_t rank = variable.flat ? 1 : 2;
  if (axis < -rank || axis >= rank)
    throw badModel(node.describe() + ": expected an axis of " + (variable.flat ? "[n]" : "[n, d]") +
                   " but received " + std::to_string(axis));
  if (variable.flat || (axis != 1 && axis != -1))
    unsupported(node, "along any axis but that of the features");
}

std::vector<double> broadcast(const GraphBuilder& graph, const Node& node, const Tensor& tensor,
                              const Variable& variable) {
  const std::size_t size = graph.size(variable), count = tensor.values.size();
  const bool row = !tensor.shape.empty() && tensor.shape.back() == static_cast<std::int64_t>(count) &&
                   (count == size || (size == 1 && !variable.flat));
  if (tensor.shape.size() > (variable.flat ? 1 : 2) || count == 0 || !(row || count == 1))
    unsupported(node, "of this broadcast of '" + tensor.name + "'");
  return row ? tensor.values : std::vector<double>(size, tensor.values.front());
}

}  // namespace latentcv
