#include "derivative_remedy.h"

#include "check.h"
#include "onnx_writer.h"

using namespace latentcv;
using onnx_writer::node;

namespace {

Graph graphOf(const std::string& last) {
  onnx_writer::Model model = onnx_writer::smallModel();
  model.nodes = {last};
  return parseOnnx(model.bytes()).graph;
}

}  // namespace

TEST("the hint leads to `latentcv differentiate` where that takes the graph") {
  CHECK(derivativeRemedy(graphOf(node("Floor", {"x"}, "cv"))) ==
        "`latentcv differentiate model.onnx` writes a file that has one");
}

TEST("it says what stands in the way where there is no such file") {
  CHECK(derivativeRemedy(graphOf(node("LSTM", {"x"}, "cv"))) ==
        "`latentcv differentiate` cannot write a file that has one either: it does not take LSTM (node "
        "'n_cv')");
  CHECK_THROWS(
      throw std::runtime_error(derivativeRemedy(graphOf(node("Scaler", {"x"}, "cv", {}, "ai.onnx.ml")))),
      "it does not take ai.onnx.ml.Scaler (node 'n_cv')");
  onnx_writer::Model model = onnx_writer::smallModel();
  model.initializers.push_back(onnx_writer::floatTensor("half", {2}, {1}, 10));
  CHECK_THROWS(throw std::runtime_error(derivativeRemedy(parseOnnx(model.bytes()).graph)),
               "it does not take tensor 'half', whose numbers are neither float nor double");
}

TEST("a tree ensemble has no derivative") {
  CHECK_THROWS(expectNoTrees(graphOf(node("TreeEnsembleRegressor", {"x"}, "cv", {}, "ai.onnx.ml"))),
               "TreeEnsembleRegressor (node 'n_cv'): a tree ensemble is constant between its steps");
  expectNoTrees(graphOf(node("Tanh", {"x"}, "cv")));
}
