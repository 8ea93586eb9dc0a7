#include <cmath>

#include "network/operators.h"

namespace latentcv {
namespace {

/** A matrix of the graph as a step has it: [out, in]. */
struct Weights {
  std::size_t out;
  std::vector<double> matrix;
};

/** From [in, out], or [out, in] where transposed. */
Weights readWeights(const GraphBuilder& graph, const Node& node, const Variable& in, bool transposed) {
  const Tensor& tensor = graph.requireConstant(node, 1);
  if (tensor.shape.size() != 2 || in.flat) unsupported(node, "with anything but a matrix as input 1");
  const std::size_t inner = static_cast<std::size_t>(tensor.shape[transposed ? 1 : 0]);
  const std::size_t outer = static_cast<std::size_t>(tensor.shape[transposed ? 0 : 1]);
  if (outer == 0)
    throw badModel(node.describe() + ": expected a matrix with outputs but received one with none");
  if (inner != graph.size(in))
    throw badModel(node.describe() + ": expected a matrix for " + std::to_string(graph.size(in)) +
                   " inputs but received one for " + std::to_string(inner));
  Weights weights{outer, tensor.values};
  if (!transposed)
    for (std::size_t r = 0; r < outer; ++r)
      for (std::size_t c = 0; c < inner; ++c) weights.matrix[r * inner + c] = tensor.values[c * outer + r];
  return weights;
}

void gemm(GraphBuilder& graph, const Node& node) {
  if (integer(node, "transA", 0) != 0) unsupported(node, "with transA");
  const Variable in = graph.requireVariable(node, 0);
  Weights weights = readWeights(graph, node, in, integer(node, "transB", 0) != 0);
  const double alpha = number(node, "alpha", 1), beta = number(node, "beta", 1);
  for (double& weight : weights.matrix) weight *= alpha;
  std::vector<double> shift(weights.out, 0);
  const Variable* addend = graph.given(node, 2) ? graph.variable(node, 2) : nullptr;
  if (addend && (addend->flat || beta != 1 || graph.size(*addend) != weights.out))
    unsupported(node, "of this computed input 2");
  if (graph.given(node, 2) && !addend) {
    const Tensor& constant = graph.requireConstant(node, 2);
    const bool row = constant.values.size() == weights.out && !constant.shape.empty() &&
                     constant.shape.back() == static_cast<std::int64_t>(weights.out);
    if (constant.shape.size() > 2 || !(row || constant.values.size() == 1))
      unsupported(node, "of this broadcast of '" + constant.name + "'");
    for (std::size_t i = 0; i < shift.size(); ++i) shift[i] = beta * constant.values[row ? i : 0];
  }
  std::size_t out = graph.plan().affine(in.slot, std::move(weights.matrix), std::move(shift));
  if (addend) out = graph.plan().sum(out, addend->slot);
  graph.set(node, {out, false});
}

void matMul(GraphBuilder& graph, const Node& node) {
  const Variable in = graph.requireVariable(node, 0);
  Weights weights = readWeights(graph, node, in, false);
  const std::size_t out = weights.out;
  graph.set(node,
            {graph.plan().affine(in.slot, std::move(weights.matrix), std::vector<double>(out, 0)), false});
}

/** With the statistics of the training: scale · (x − mean) / √(variance + epsilon) + bias. */
void batchNormalization(GraphBuilder& graph, const Node& node) {
  if (integer(node, "training_mode", 0) != 0) unsupported(node, "in training mode");
  const Variable in = graph.requireVariable(node, 0);
  const std::size_t size = graph.size(in);
  std::vector<double> parts[4];
  for (std::size_t i = 0; i < 4; ++i) {
    parts[i] = graph.requireConstant(node, i + 1).values;
    if (in.flat || parts[i].size() != size)
      throw badModel(node.describe() + ": expected " + std::to_string(size) + " numbers as input " +
                     std::to_string(i + 1) + " but received " + std::to_string(parts[i].size()));
  }
  auto& [scale, shift, mean, variance] = parts;
  const double epsilon = number(node, "epsilon", 1e-5f);
  for (std::size_t i = 0; i < size; ++i) {
    scale[i] /= std::sqrt(variance[i] + epsilon);
    shift[i] -= scale[i] * mean[i];
    if (!std::isfinite(scale[i])) throw badModel(node.describe() + ": expected variances above zero");
  }
  graph.set(node, {graph.plan().scaleShift(in.slot, std::move(scale), std::move(shift)), false});
}

}  // namespace

const OperatorTable& affineOperators() {
  static const OperatorTable table = {
      {"Gemm", gemm}, {"MatMul", matMul}, {"BatchNormalization", batchNormalization}};
  return table;
}

}  // namespace latentcv
