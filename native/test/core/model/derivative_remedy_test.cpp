#include "model/derivative_remedy.h"

#include "core/onnx_writer.h"
#include "testing.h"

using namespace latentcv;
using onnx_writer::node;

namespace {

OnnxFile fileOf(const std::string& last, std::int64_t opset = 17) {
  onnx_writer::Model model = onnx_writer::smallModel();
  model.nodes = {last};
  model.opset = opset;
  return parseOnnx(model.bytes());
}

}  // namespace

namespace {

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the hint leads to `latentcv differentiate` where that takes the graph") {
  CHECK(derivativeRemedy(fileOf(node("Floor", {"x"}, "cv"))) ==
        "`latentcv differentiate model.onnx` writes a file that has one");
  // of exports of mlcolvar's transforms of positions, and of scikit-learn
  CHECK(contains(derivativeRemedy(fileOf(node("NonZero", {"x"}, "cv"))), "writes a file that has one"));
  CHECK(contains(derivativeRemedy(fileOf(node("Scaler", {"x"}, "cv", {}, "ai.onnx.ml"))),
                 "writes a file that has one"));
}

TEST_CASE("it says what stands in the way where there is no such file") {
  CHECK(derivativeRemedy(fileOf(node("LSTM", {"x"}, "cv"))) ==
        "`latentcv differentiate` cannot write a file that has one either: it does not take LSTM (node "
        "'n_cv')");
  CHECK_THROWS_WITH(
      throw std::runtime_error(derivativeRemedy(fileOf(node("Imputer", {"x"}, "cv", {}, "ai.onnx.ml")))),
      contains("it does not take ai.onnx.ml.Imputer (node 'n_cv')"));
  onnx_writer::Model model = onnx_writer::smallModel();
  model.initializers.push_back(onnx_writer::floatTensor("half", {2}, {1}, 10));
  CHECK_THROWS_WITH(throw std::runtime_error(derivativeRemedy(parseOnnx(model.bytes()))),
                    contains("it does not take tensor 'half', whose numbers are neither float nor double"));
}

TEST_CASE("no file of an operator set that differentiate does not read is promised") {
  CHECK_THROWS_WITH(throw std::runtime_error(derivativeRemedy(fileOf(node("Floor", {"x"}, "cv"), 6))),
                    contains("it does not take operator set 6"));
}

TEST_CASE("a tree ensemble has no derivative") {
  CHECK_THROWS_WITH(
      expectNoTrees(fileOf(node("TreeEnsembleRegressor", {"x"}, "cv", {}, "ai.onnx.ml")).graph),
      contains("TreeEnsembleRegressor (node 'n_cv'): a tree ensemble is constant between its steps"));
  expectNoTrees(fileOf(node("Tanh", {"x"}, "cv")).graph);
}
