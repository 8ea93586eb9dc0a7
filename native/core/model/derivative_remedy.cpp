#include "model/derivative_remedy.h"

#include <algorithm>

#include "latentcv/error.h"
#include "network/builder.h"

namespace latentcv {
namespace {

bool standard(const Node& node) { return node.domain.empty() || node.domain == "ai.onnx"; }

/**
 * What `latentcv differentiate` does not read, as far as a name tells: it may
 * refuse others when it sees them.
 */
bool notRead(const std::string& operation) {
  static const char* const operations[] = {"LSTM",
                                           "GRU",
                                           "RNN",
                                           "Loop",
                                           "Scan",
                                           "MatMulInteger",
                                           "ConvInteger",
                                           "QLinearMatMul",
                                           "QLinearConv",
                                           "QuantizeLinear",
                                           "DequantizeLinear",
                                           "DynamicQuantizeLinear"};
  return std::find(std::begin(operations), std::end(operations), operation) != std::end(operations);
}

/** The operators of scikit-learn that have derivatives. */
bool ofScikitLearn(const Node& node) {
  return node.domain == "ai.onnx.ml" && (node.operation == "Scaler" || node.operation == "LinearRegressor");
}

/** Why `latentcv differentiate` refuses this node, or nothing. */
std::string obstacle(const Node& node) {
  const bool foreign = !standard(node) && !ofScikitLearn(node);
  return foreign || notRead(node.operation) ? node.describe() : "";
}

}  // namespace

std::string derivativeRemedy(const OnnxFile& file) {
  const std::string cannot =
      "`latentcv differentiate` cannot write a file that has one either: it does not take ";
  if (file.opset < oldestOpset) return cannot + "operator set " + std::to_string(file.opset);
  for (const Node& node : file.graph.nodes) {
    const std::string what = obstacle(node);
    if (!what.empty()) return cannot + what;
  }
  for (const Tensor& tensor : file.graph.initializers)
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
