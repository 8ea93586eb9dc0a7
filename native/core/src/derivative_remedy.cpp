#include "derivative_remedy.h"

#include <algorithm>

#include "latentcv/error.h"

namespace latentcv {
namespace {

bool standard(const Node& node) { return node.domain.empty() || node.domain == "ai.onnx"; }

/** Operators of ONNX that have no derivative, or whose derivative is no matter of one frame. */
bool underivable(const std::string& operation) {
  static const char* const operations[] = {"LSTM",
                                           "GRU",
                                           "RNN",
                                           "NonZero",
                                           "ArgMax",
                                           "ArgMin",
                                           "MatMulInteger",
                                           "ConvInteger",
                                           "QLinearMatMul",
                                           "QLinearConv",
                                           "QuantizeLinear",
                                           "DequantizeLinear",
                                           "DynamicQuantizeLinear"};
  return std::find(std::begin(operations), std::end(operations), operation) != std::end(operations);
}

/** Why `latentcv differentiate` refuses this node, or nothing. */
std::string obstacle(const Node& node) {
  const bool holdsGraph = std::any_of(node.attributes.begin(), node.attributes.end(),
                                      [](const Attribute& attribute) { return !attribute.graphs.empty(); });
  return !standard(node) || holdsGraph || underivable(node.operation) ? node.describe() : "";
}

}  // namespace

std::string derivativeRemedy(const Graph& graph) {
  const std::string cannot =
      "`latentcv differentiate` cannot write a file that has one either: it does not take ";
  for (const Node& node : graph.nodes) {
    const std::string what = obstacle(node);
    if (!what.empty()) return cannot + what;
  }
  for (const Tensor& tensor : graph.initializers)
    if (!tensor.decoded)
      return cannot + "tensor '" + tensor.name + "', whose numbers are neither float nor double";
  return "`latentcv differentiate model.onnx` writes a file that has one";
}

void expectNoTrees(const Graph& graph) {
  for (const Node& node : graph.nodes)
    if (!standard(node) && node.operation.rfind("TreeEnsemble", 0) == 0)
      throw badModel(
          node.describe() +
          ": a tree ensemble is constant between its steps, so it has no derivative and gives no force");
}

}  // namespace latentcv
