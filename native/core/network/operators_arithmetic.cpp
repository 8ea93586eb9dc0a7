#include <algorithm>
#include <cmath>

#include "network/operators.h"

namespace latentcv {
namespace {

using Numbers = std::vector<double>;

void setLike(GraphBuilder& graph, const Node& node, const Variable& like, std::size_t slot) {
  graph.set(node, {slot, like.flat});
}

/** Two variables that go together: of one size, or one of them [n, 1]. */
void expectAlike(const GraphBuilder& graph, const Node& node, const Variable& left, const Variable& right) {
  const std::size_t a = graph.size(left), b = graph.size(right);
  if (left.flat != right.flat || (a != b && a != 1 && b != 1))
    unsupported(node, "with inputs of different sizes");
}

/** The variable among two inputs, and the other, constant, brought to its size. */
struct Mixed {
  Variable in;
  Numbers constant;
};

Mixed readMixed(const GraphBuilder& graph, const Node& node) {
  const bool first = graph.variable(node, 0) != nullptr;
  const Variable in = graph.requireVariable(node, first ? 0 : 1);
  return {in, broadcast(graph, node, graph.requireConstant(node, first ? 1 : 0), in)};
}

bool bothVary(const GraphBuilder& graph, const Node& node) {
  return graph.variable(node, 0) && graph.variable(node, 1);
}

/** left + sign · right, at most one of them constant. */
void addScaled(GraphBuilder& graph, const Node& node, double sign) {
  if (bothVary(graph, node)) {
    const Variable left = graph.requireVariable(node, 0), right = graph.requireVariable(node, 1);
    expectAlike(graph, node, left, right);
    const std::size_t second = sign < 0 ? graph.plan().scaleShift(right.slot, sign, 0) : right.slot;
    return setLike(graph, node, left, graph.plan().sum(left.slot, second));
  }
  const bool first = graph.variable(node, 0) != nullptr;
  Mixed mixed = readMixed(graph, node);
  for (double& value : mixed.constant) value *= first ? sign : 1;
  Numbers scale(mixed.constant.size(), first ? 1 : sign);
  setLike(graph, node, mixed.in,
          graph.plan().scaleShift(mixed.in.slot, std::move(scale), std::move(mixed.constant)));
}

void addition(GraphBuilder& graph, const Node& node) { addScaled(graph, node, 1); }
void subtraction(GraphBuilder& graph, const Node& node) { addScaled(graph, node, -1); }

void scale(GraphBuilder& graph, const Node& node, const Variable& in, Numbers factors) {
  Numbers zeros(factors.size(), 0);
  setLike(graph, node, in, graph.plan().scaleShift(in.slot, std::move(factors), std::move(zeros)));
}

void product(GraphBuilder& graph, const Node& node) {
  if (!bothVary(graph, node)) {
    Mixed mixed = readMixed(graph, node);
    return scale(graph, node, mixed.in, std::move(mixed.constant));
  }
  const Variable left = graph.requireVariable(node, 0), right = graph.requireVariable(node, 1);
  expectAlike(graph, node, left, right);
  setLike(graph, node, left, graph.plan().product(left.slot, right.slot));
}

void division(GraphBuilder& graph, const Node& node) {
  if (const Variable* divisor = graph.variable(node, 1)) {
    const Variable inverse{graph.plan().activation(divisor->slot, "Reciprocal"), divisor->flat};
    if (!graph.variable(node, 0))
      return scale(graph, node, inverse, broadcast(graph, node, graph.requireConstant(node, 0), inverse));
    const Variable left = graph.requireVariable(node, 0);
    expectAlike(graph, node, left, inverse);
    return setLike(graph, node, left, graph.plan().product(left.slot, inverse.slot));
  }
  Mixed mixed = readMixed(graph, node);
  for (double& value : mixed.constant) {
    value = 1 / value;
    if (!std::isfinite(value)) throw badModel(node.describe() + ": division by zero");
  }
  scale(graph, node, mixed.in, std::move(mixed.constant));
}

void negation(GraphBuilder& graph, const Node& node) {
  const Variable in = graph.requireVariable(node, 0);
  setLike(graph, node, in, graph.plan().scaleShift(in.slot, -1, 0));
}

/** x to a constant power; the usual ones without pow, which is slow. */
void power(GraphBuilder& graph, const Node& node) {
  const Variable in = graph.requireVariable(node, 0);
  const Numbers exponents = broadcast(graph, node, graph.requireConstant(node, 1), in);
  const double exponent = exponents.front();
  const auto same = [&](double value) { return value == exponent; };
  if (exponents.size() != graph.size(in) || !std::all_of(exponents.begin(), exponents.end(), same))
    unsupported(node, "with different exponents");
  if (exponent == 0) unsupported(node, "with exponent 0");
  if (exponent == 1) return graph.set(node, in);
  if (exponent == 2) return setLike(graph, node, in, graph.plan().product(in.slot, in.slot));
  const char* function = exponent == 0.5 ? "Sqrt" : exponent == -1 ? "Reciprocal" : "Pow";
  setLike(graph, node, in, graph.plan().activation(in.slot, function, exponent));
}

Numbers bound(const GraphBuilder& graph, const Node& node, const Variable& in, std::size_t i,
              const char* attribute, double otherwise) {
  if (graph.given(node, i)) return broadcast(graph, node, graph.requireConstant(node, i), in);
  return Numbers(graph.size(in), number(node, attribute, otherwise));
}

void clip(GraphBuilder& graph, const Node& node) {
  const Variable in = graph.requireVariable(node, 0);
  Numbers lower = bound(graph, node, in, 1, "min", -infinity),
          upper = bound(graph, node, in, 2, "max", infinity);
  if (lower.size() != upper.size()) unsupported(node, "with limits of different sizes");
  setLike(graph, node, in, graph.plan().clamp(in.slot, std::move(lower), std::move(upper)));
}

/** The sum of any number of inputs, variable or not. */
void sumOfAll(GraphBuilder& graph, const Node& node, double factor) {
  Variable sum = graph.requireAnyVariable(node);
  bool first = true;
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    const Variable* variable = graph.variable(node, i);
    if (!variable) continue;
    expectAlike(graph, node, sum, *variable);
    sum.slot = first ? variable->slot : graph.plan().sum(sum.slot, variable->slot);
    first = false;
  }
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    if (graph.variable(node, i)) continue;
    Numbers addend = broadcast(graph, node, graph.requireConstant(node, i), sum);
    Numbers ones(addend.size(), 1);
    sum.slot = graph.plan().scaleShift(sum.slot, std::move(ones), std::move(addend));
  }
  if (factor != 1) sum.slot = graph.plan().scaleShift(sum.slot, factor, 0);
  graph.set(node, sum);
}

void sumOfInputs(GraphBuilder& graph, const Node& node) { sumOfAll(graph, node, 1); }
void meanOfInputs(GraphBuilder& graph, const Node& node) {
  sumOfAll(graph, node, 1 / static_cast<double>(node.inputs.size()));
}

}  // namespace

const OperatorTable& arithmeticOperators() {
  static const OperatorTable table = {
      {"Add", addition}, {"Sub", subtraction}, {"Mul", product},
      {"Div", division}, {"Neg", negation},    {"Pow", power},
      {"Clip", clip},    {"Sum", sumOfInputs}, {"Mean", meanOfInputs},
  };
  return table;
}

}  // namespace latentcv
