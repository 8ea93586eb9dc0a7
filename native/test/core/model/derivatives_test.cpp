#include <cmath>

#include "core/model/small_models.h"
#include "core/onnx_writer.h"
#include "latentcv/model.h"
#include "testing.h"

using namespace latentcv;
using onnx_writer::floatTensor;
using onnx_writer::node;
using onnx_writer::pbf_writer;
using onnx_writer::smallModel;
using onnx_writer::value;
using small_models::evaluate;
using small_models::Result;

// Derivatives where there is none in the strict sense: those of torch 2.15 in double (torch.maximum, minimum,
// amax, amin, clamp, nn.functional.relu, hardsigmoid, hardswish, prelu, threshold, at these points), and 0
// for the square root, where torch has infinity.
TEST_CASE("at kinks, bounds and ties the derivative is torch's") {
  onnx_writer::Model model = smallModel();
  model.initializers = {floatTensor("one", {}, {1}), floatTensor("zero", {}, {0}),
                        floatTensor("minus", {}, {-1}), floatTensor("low", {}, {0.25}),
                        floatTensor("power", {}, {0.3f})};
  model.outputs = {value("cv", {-1, 2})};
  struct Case {
    std::vector<std::string> nodes;
    double x, derivative;
  };
  const std::vector<Case> cases = {
      {{node("Relu", {"x"}, "cv")}, 0, 0},
      {{node("Abs", {"x"}, "cv")}, 0, 0},
      {{node("Sqrt", {"x"}, "cv")}, 0, 0},
      {{node("Pow", {"x", "power"}, "cv")}, 0, 0},
      {{node("LeakyRelu", {"x"}, "cv", {onnx_writer::floatAttribute("alpha", 0.5f)})}, 0, 0.5},
      {{node("Elu", {"x"}, "cv")}, 0, 1},
      {{node("PRelu", {"x", "low"}, "cv")}, 0, 0.25},
      {{node("ThresholdedRelu", {"x"}, "cv")}, 1, 0},
      {{node("Clip", {"x", "minus", "one"}, "cv")}, 1, 0},
      {{node("Clip", {"x", "minus", "one"}, "cv")}, -1, 0},
      {{node("Clip", {"x", "minus", "one"}, "cv")}, 0.5, 1},
      {{node("HardSigmoid", {"x"}, "cv")}, 2.5, 0},
      {{node("HardSwish", {"x"}, "cv")}, 3, 1},
      {{node("HardSwish", {"x"}, "cv")}, -3, 0},
      {{node("Max", {"x", "one"}, "cv")}, 1, 0.5},
      {{node("Min", {"one", "x"}, "cv")}, 1, 0.5},
      {{node("Neg", {"x"}, "y"), node("Max", {"x", "y"}, "cv")}, 0, 0},  // a half of 1 and a half of −1
      {{node("Mul", {"x", "low"}, "y"), node("Min", {"x", "y"}, "cv")}, 0, 0.625},
  };
  for (const Case& c : cases) {
    model.nodes = c.nodes;
    for (const Precision precision : {Precision::doublePrecision, Precision::singlePrecision}) {
      const Result result = evaluate(model, {c.x, 7}, {EvaluatorChoice::native, precision});
      CHECK(result.jacobian[0] == near(c.derivative, 1e-7));
    }
  }
}

TEST_CASE("equal largest or smallest features share the derivative, as in torch.amax") {
  onnx_writer::Model model = smallModel();
  model.inputs = {value("x", {-1, 4})};
  std::string axes;
  pbf_writer writer(axes);
  writer.add_string(1, "axes");
  writer.add_int64(8, 1);
  writer.add_int32(20, 7);
  for (const char* operation : {"ReduceMax", "ReduceMin"}) {
    model.nodes = {node(operation, {"x"}, "cv", {axes})};
    const double sign = operation == std::string("ReduceMax") ? 1 : -1;
    const Result tie = evaluate(model, {2 * sign, 1 * sign, 2 * sign, 2 * sign});
    CHECK(tie.cv[0] == near(2 * sign, 0));
    for (std::size_t i = 0; i < 4; ++i) CHECK(tie.jacobian[i] == near(i == 1 ? 0 : 1.0 / 3, 1e-16));
    const Result alone = evaluate(model, {2 * sign, 3 * sign, 2 * sign, -5 * sign});
    CHECK(alone.jacobian == (std::vector<double>{0, 1, 0, 0}));
    CHECK(std::isnan(evaluate(model, {0, NAN, 1, 2}).cv[0]));
  }
}

TEST_CASE("an infinite derivative of what was not chosen makes no NaN") {
  // x > 0 ? log(x) : 0 at 0, and 1/(1 + exp(x)²) where the exponential overflows
  onnx_writer::Model model = smallModel();
  model.outputs = {value("cv", {-1, 2})};
  model.initializers = {floatTensor("zero", {}, {0}), floatTensor("one", {}, {1}),
                        floatTensor("two", {}, {2})};
  model.nodes = {node("Greater", {"x", "zero"}, "mask"), node("Log", {"x"}, "log"),
                 node("Where", {"mask", "log", "zero"}, "cv")};
  const Result chosen = evaluate(model, {0, 4});
  CHECK((chosen.cv[0] == 0 && chosen.jacobian[0] == 0));
  CHECK(chosen.jacobian[3] == near(0.25, 0));
  model.nodes = {node("Exp", {"x"}, "e"), node("Mul", {"e", "two"}, "t"), node("Add", {"t", "one"}, "s"),
                 node("Reciprocal", {"s"}, "cv")};
  const Result flat = evaluate(model, {800, 0});
  CHECK((flat.cv[0] == 0 && flat.jacobian[0] == 0));
}
