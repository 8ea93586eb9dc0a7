#include <algorithm>

#include "network/operators.h"

// Comparisons, what is chosen by them, and functions in pieces. A truth value is 1 or 0, with derivative 0.
namespace latentcv {
namespace {

using Numbers = std::vector<double>;

// of two equal ones the larger has the derivative of both, half each (torch.maximum)
constexpr double shared = 0.5;

/** All inputs of a node as slots of the plan, constants among them too. */
struct Operands {
  std::vector<std::size_t> slots;
  bool flat;
};

/** The variable among the inputs to whose size the others are brought. */
Variable widest(const GraphBuilder& graph, const Node& node) {
  Variable found = graph.requireAnyVariable(node);
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    const Variable* variable = graph.variable(node, i);
    if (!variable) continue;
    const std::size_t size = graph.size(*variable);
    if (variable->flat != found.flat || (size != graph.size(found) && size != 1 && graph.size(found) != 1))
      unsupported(node, "with inputs of different sizes");
    if (size > graph.size(found)) found = *variable;
  }
  return found;
}

Operands operands(GraphBuilder& graph, const Node& node) {
  const Variable like = widest(graph, node);
  Operands result{{}, like.flat};
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    const Variable* variable = graph.variable(node, i);
    result.slots.push_back(
        variable
            ? variable->slot
            : graph.plan().constant(like.slot, broadcast(graph, node, graph.requireConstant(node, i), like)));
  }
  return result;
}

std::size_t negated(NetworkPlan& plan, std::size_t mask) { return plan.scaleShift(mask, -1, 1); }

std::size_t greaterThan(NetworkPlan& plan, std::size_t left, std::size_t right) {
  return plan.activation(plan.sum(left, plan.scaleShift(right, -1, 0)), "Positive");
}

/** Sets the node's output to what `make` makes of its inputs' slots. */
template <typename Make>
void combine(GraphBuilder& graph, const Node& node, Make make) {
  const Operands in = operands(graph, node);
  graph.set(node, {make(graph.plan(), in.slots), in.flat});
}

using Slots = const std::vector<std::size_t>&;

void greater(GraphBuilder& graph, const Node& node) {
  combine(graph, node, [](NetworkPlan& plan, Slots in) { return greaterThan(plan, in[0], in[1]); });
}

void less(GraphBuilder& graph, const Node& node) {
  combine(graph, node, [](NetworkPlan& plan, Slots in) { return greaterThan(plan, in[1], in[0]); });
}

void greaterOrEqual(GraphBuilder& graph, const Node& node) {
  combine(graph, node,
          [](NetworkPlan& plan, Slots in) { return negated(plan, greaterThan(plan, in[1], in[0])); });
}

void lessOrEqual(GraphBuilder& graph, const Node& node) {
  combine(graph, node,
          [](NetworkPlan& plan, Slots in) { return negated(plan, greaterThan(plan, in[0], in[1])); });
}

void equalTo(GraphBuilder& graph, const Node& node) {
  combine(graph, node, [](NetworkPlan& plan, Slots in) {
    return plan.product(negated(plan, greaterThan(plan, in[0], in[1])),
                        negated(plan, greaterThan(plan, in[1], in[0])));
  });
}

void logicalNot(GraphBuilder& graph, const Node& node) {
  combine(graph, node, [](NetworkPlan& plan, Slots in) { return negated(plan, in[0]); });
}

void conjunction(GraphBuilder& graph, const Node& node) {
  combine(graph, node, [](NetworkPlan& plan, Slots in) { return plan.product(in[0], in[1]); });
}

void disjunction(GraphBuilder& graph, const Node& node) {
  combine(graph, node,
          [](NetworkPlan& plan, Slots in) { return plan.activation(plan.sum(in[0], in[1]), "Positive"); });
}

void where(GraphBuilder& graph, const Node& node) {
  combine(graph, node, [](NetworkPlan& plan, Slots in) { return plan.choose(in[0], in[1], in[2]); });
}

/** x where it is positive, else slope · x with a slope per feature. */
void parametricRelu(GraphBuilder& graph, const Node& node) {
  combine(graph, node, [](NetworkPlan& plan, Slots in) {
    return plan.choose(plan.activation(in[0], "Positive"), in[0], plan.product(in[0], in[1]));
  });
}

void thresholdedRelu(GraphBuilder& graph, const Node& node) {
  const double alpha = number(node, "alpha", 1);
  combine(graph, node, [alpha](NetworkPlan& plan, Slots in) {
    const std::size_t above = plan.activation(plan.scaleShift(in[0], 1, -alpha), "Positive");
    return plan.choose(above, in[0], plan.scaleShift(in[0], 0, 0));
  });
}

/** alpha · x + beta between 0 and 1 */
std::size_t hardSigmoid(NetworkPlan& plan, std::size_t in, double alpha, double beta) {
  const std::size_t line = plan.scaleShift(in, alpha, beta), size = plan.size(line);
  return plan.clamp(line, Numbers(size, 0), Numbers(size, 1));
}

void hardSigmoid(GraphBuilder& graph, const Node& node) {
  const double alpha = number(node, "alpha", 0.2f), beta = number(node, "beta", 0.5);
  combine(graph, node, [=](NetworkPlan& plan, Slots in) { return hardSigmoid(plan, in[0], alpha, beta); });
}

void hardSwish(GraphBuilder& graph, const Node& node) {
  combine(graph, node, [](NetworkPlan& plan, Slots in) {
    return plan.product(in[0], hardSigmoid(plan, in[0], 1.0 / 6, 0.5));
  });
}

/** The larger, or the smaller, of any number of inputs; those that are constant become one clamp each. */
void extreme(GraphBuilder& graph, const Node& node, bool largest) {
  Variable found = widest(graph, node);
  bool first = true;
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    const Variable* variable = graph.variable(node, i);
    if (!variable) continue;
    found.slot = first ? variable->slot : graph.plan().larger(found.slot, variable->slot, largest ? 1 : -1);
    first = false;
  }
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    if (graph.variable(node, i)) continue;
    Numbers limits = broadcast(graph, node, graph.requireConstant(node, i), found);
    Numbers open(limits.size(), largest ? infinity : -infinity);
    found.slot = largest ? graph.plan().clamp(found.slot, std::move(limits), std::move(open), shared)
                         : graph.plan().clamp(found.slot, std::move(open), std::move(limits), shared);
  }
  graph.set(node, found);
}

void maximum(GraphBuilder& graph, const Node& node) { extreme(graph, node, true); }
void minimum(GraphBuilder& graph, const Node& node) { extreme(graph, node, false); }

}  // namespace

const OperatorTable& choiceOperators() {
  static const OperatorTable table = {
      {"Greater", greater},
      {"Less", less},
      {"GreaterOrEqual", greaterOrEqual},
      {"LessOrEqual", lessOrEqual},
      {"Equal", equalTo},
      {"Not", logicalNot},
      {"And", conjunction},
      {"Or", disjunction},
      {"Where", where},
      {"PRelu", parametricRelu},
      {"ThresholdedRelu", thresholdedRelu},
      {"HardSigmoid", hardSigmoid},
      {"HardSwish", hardSwish},
      {"Max", maximum},
      {"Min", minimum},
  };
  return table;
}

}  // namespace latentcv
