#include "network/operators.h"

namespace latentcv {
namespace {

/** Refuses reductions over anything but the features; the axes came as an attribute before some opset. */
void expectFeatureAxes(const GraphBuilder& graph, const Node& node, const Variable& in) {
  const Attribute* attribute = node.attribute("axes");
  const bool asInput = graph.given(node, 1);
  const std::vector<double>& given = asInput ? graph.requireConstant(node, 1).values : std::vector<double>();
  const std::size_t count = asInput ? given.size() : attribute ? attribute->integers.size() : 0;
  if (count != 1) unsupported(node, "over more than the features");
  expectFeatureAxis(node, in,
                    asInput ? static_cast<std::int64_t>(given.front()) : attribute->integers.front());
}

/** Reads the input, checks the axes, and sets what `make` makes of it: [n, 1], or [n] without keepdims. */
template <typename Make>
void reduce(GraphBuilder& graph, const Node& node, Make make) {
  const Variable in = graph.requireVariable(node, 0);
  expectFeatureAxes(graph, node, in);
  graph.set(node, {make(graph.plan(), in.slot), integer(node, "keepdims", 1) == 0});
}

std::size_t total(NetworkPlan& plan, std::size_t slot) { return plan.reduce(StepKind::total, slot, 1); }

void sum(GraphBuilder& graph, const Node& node) { reduce(graph, node, total); }

void mean(GraphBuilder& graph, const Node& node) {
  reduce(graph, node, [](NetworkPlan& plan, std::size_t slot) {
    return plan.reduce(StepKind::total, slot, 1 / static_cast<double>(plan.size(slot)));
  });
}

void sumOfSquares(GraphBuilder& graph, const Node& node) {
  reduce(graph, node,
         [](NetworkPlan& plan, std::size_t slot) { return total(plan, plan.product(slot, slot)); });
}

void sumOfMagnitudes(GraphBuilder& graph, const Node& node) {
  reduce(graph, node,
         [](NetworkPlan& plan, std::size_t slot) { return total(plan, plan.activation(slot, "Abs")); });
}

void length(GraphBuilder& graph, const Node& node) {
  reduce(graph, node,
         [](NetworkPlan& plan, std::size_t slot) { return plan.reduce(StepKind::length, slot); });
}

void largest(GraphBuilder& graph, const Node& node) {
  reduce(graph, node,
         [](NetworkPlan& plan, std::size_t slot) { return plan.reduce(StepKind::largest, slot, 1); });
}

void smallest(GraphBuilder& graph, const Node& node) {
  reduce(graph, node,
         [](NetworkPlan& plan, std::size_t slot) { return plan.reduce(StepKind::largest, slot, -1); });
}

/** log Σ exp(x) = x₀ − logSoftmax(x)₀, which does not overflow. */
void logSumExp(GraphBuilder& graph, const Node& node) {
  reduce(graph, node, [](NetworkPlan& plan, std::size_t slot) {
    const std::size_t relative = plan.normalize(StepKind::logSoftmax, slot);
    return plan.sum(plan.select(slot, {0}), plan.scaleShift(plan.select(relative, {0}), -1, 0));
  });
}

void normalized(GraphBuilder& graph, const Node& node, StepKind kind) {
  const Variable in = graph.requireVariable(node, 0);
  // before opset 13 the default was 1, of a matrix the same
  expectFeatureAxis(node, in, integer(node, "axis", -1));
  graph.set(node, {graph.plan().normalize(kind, in.slot), false});
}

void softmax(GraphBuilder& graph, const Node& node) { normalized(graph, node, StepKind::softmax); }
void logSoftmax(GraphBuilder& graph, const Node& node) { normalized(graph, node, StepKind::logSoftmax); }

std::vector<double> onePerFeature(const GraphBuilder& graph, const Node& node, std::size_t i,
                                  std::size_t size) {
  const std::vector<double>& values = graph.requireConstant(node, i).values;
  if (values.size() == size) return values;
  throw badModel(node.describe() + ": expected " + std::to_string(size) + " numbers as input " +
                 std::to_string(i) + " but received " + std::to_string(values.size()));
}

void layerNormalization(GraphBuilder& graph, const Node& node) {
  const Variable in = graph.requireVariable(node, 0);
  expectFeatureAxis(node, in, integer(node, "axis", -1));
  const std::size_t size = graph.size(in);
  const std::size_t unit =
      graph.plan().normalize(StepKind::normalize, in.slot, number(node, "epsilon", 1e-5f));
  std::vector<double> scale = onePerFeature(graph, node, 1, size);
  std::vector<double> shift =
      graph.given(node, 2) ? onePerFeature(graph, node, 2, size) : std::vector<double>(size, 0);
  graph.set(node, {graph.plan().scaleShift(unit, std::move(scale), std::move(shift)), false});
}

}  // namespace

const OperatorTable& reductionOperators() {
  static const OperatorTable table = {
      {"ReduceSum", sum},
      {"ReduceMean", mean},
      {"ReduceSumSquare", sumOfSquares},
      {"ReduceL1", sumOfMagnitudes},
      {"ReduceL2", length},
      {"ReduceMax", largest},
      {"ReduceMin", smallest},
      {"ReduceLogSumExp", logSumExp},
      {"Softmax", softmax},
      {"LogSoftmax", logSoftmax},
      {"LayerNormalization", layerNormalization},
  };
  return table;
}

}  // namespace latentcv
