#include <cmath>

#include "core/model/small_models.h"
#include "core/onnx_writer.h"
#include "latentcv/model.h"
#include "testing.h"

using namespace latentcv;
using onnx_writer::floatTensor;
using onnx_writer::node;
using onnx_writer::smallModel;
using onnx_writer::value;
using small_models::evaluate;
using small_models::load;
using small_models::Result;

TEST_CASE("affine operators in every form give x0 + 2 x1 and a shift") {
  onnx_writer::Model model = smallModel();
  model.initializers = {floatTensor("w", {2, 1}, {1, 2}),       floatTensor("wt", {1, 2}, {1, 2}),
                        floatTensor("half", {1, 2}, {0.5f, 1}), floatTensor("c", {}, {2}),
                        floatTensor("row", {1, 1}, {0.5f}),     onnx_writer::int64Tensor("shape", {-1, 2})};
  struct Case {
    std::vector<std::string> nodes;
    double shift;
  };
  const Case cases[] = {
      {{node("MatMul", {"x", "w"}, "cv")}, 0},
      {{node("Gemm", {"x", "wt"}, "cv", {onnx_writer::intAttribute("transB", 1)})}, 0},
      {{node("Gemm", {"x", "half", "c"}, "cv",
             {onnx_writer::intAttribute("transB", 1), onnx_writer::floatAttribute("alpha", 2),
              onnx_writer::floatAttribute("beta", 0.25f)})},
       0.5},
      {{node("Transpose", {"wt"}, "w2"), node("MatMul", {"x", "w2"}, "y"), node("Add", {"row", "y"}, "cv")},
       0.5},
      {{node("MatMul", {"x", "w"}, "y"), node("Sub", {"y", "c"}, "cv")}, -2},
      {{node("MatMul", {"x", "w"}, "y"), node("Sub", {"c", "y"}, "z"), node("Neg", {"z"}, "cv")}, -2},
      {{node("Mul", {"x", "c"}, "y"), node("MatMul", {"y", "w"}, "z"), node("Div", {"z", "c"}, "cv")}, 0},
      {{node("Flatten", {"x"}, "f"), node("Reshape", {"f", "shape"}, "r"), node("Identity", {"r"}, "i"),
        node("Dropout", {"i"}, "o"), node("MatMul", {"o", "w"}, "cv")},
       0},
      {{node("MatMul", {"x", "w"}, "y"), node("Add", {"y", "y"}, "z"), node("Sub", {"z", "y"}, "cv")}, 0},
  };
  for (const Case& c : cases) {
    model.nodes = c.nodes;
    const Result result = evaluate(model, {0.3, -0.2}, {EvaluatorChoice::native, Precision::doublePrecision});
    CHECK(result.cv[0] == near(0.3 - 0.4 + c.shift, 1e-15));
    CHECK(result.jacobian[0] == near(1, 1e-15));
    CHECK(result.jacobian[1] == near(2, 1e-15));
  }
}

TEST_CASE("what torch.atan2 and masks become is evaluated natively") {
  // atan2(y, x) as torch exports it: atan(y/x), and π added or taken where x < 0; masks are cast there and
  // back
  onnx_writer::Model model = smallModel();
  model.initializers = {floatTensor("zero", {}, {0}), floatTensor("pi", {}, {3.14159265f}),
                        onnx_writer::int64Tensor("i0", {0}), onnx_writer::int64Tensor("i1", {1})};
  const auto axis = onnx_writer::intAttribute("axis", 1);
  const auto to = [](std::int64_t type) { return onnx_writer::intAttribute("to", type); };
  model.nodes = {node("Gather", {"x", "i0"}, "b", {axis}),
                 node("Gather", {"x", "i1"}, "a", {axis}),
                 node("Div", {"b", "a"}, "q"),
                 node("Atan", {"q"}, "t"),
                 node("Less", {"a", "zero"}, "left"),
                 node("Cast", {"left"}, "numbers", {to(1)}),
                 node("Cast", {"numbers"}, "mask", {to(9)}),
                 node("Sign", {"b"}, "s"),
                 node("Mul", {"s", "pi"}, "turn"),
                 node("Add", {"t", "turn"}, "other"),
                 node("Where", {"mask", "other", "t"}, "cv")};
  for (const std::vector<double>& x :
       {std::vector<double>{0.3, -0.8}, {-0.3, -0.8}, {0.3, 0.8}, {-0.3, 0.8}}) {
    const Result result = evaluate(model, x, {EvaluatorChoice::native, Precision::doublePrecision});
    const double squared = x[0] * x[0] + x[1] * x[1];
    CHECK(result.cv[0] == near(std::atan2(x[0], x[1]), 1e-7));  // π stands in the file in single precision
    CHECK(result.jacobian[0] == near(x[1] / squared, 1e-14));
    CHECK(result.jacobian[1] == near(-x[0] / squared, 1e-14));
  }
}

TEST_CASE("comparisons for equality and casts to whole numbers") {
  onnx_writer::Model model = smallModel();
  model.outputs = {value("cv", {-1, 2})};
  model.initializers = {floatTensor("w", {}, {2})};
  model.nodes = {node("Equal", {"x", "w"}, "same"), node("Where", {"same", "x", "w"}, "cv")};
  const Result same = evaluate(model, {2, 3});
  CHECK((same.cv == (std::vector<double>{2, 2}) && same.jacobian == (std::vector<double>{1, 0, 0, 0})));
  model.nodes = {node("Cast", {"x"}, "whole", {onnx_writer::intAttribute("to", 7)}),
                 node("Cast", {"whole"}, "cv", {onnx_writer::intAttribute("to", 1)})};
  CHECK(evaluate(model, {-2.7, 3.9}).cv == (std::vector<double>{-2, 3}));
  model.nodes = {node("Cast", {"x"}, "cv", {onnx_writer::intAttribute("to", 10)})};
  CHECK_THROWS_WITH(load(model),
                    contains("Cast (node 'n_cv'): no native evaluation to anything but float, double, bool"));
}

TEST_CASE("an exponential that something else reads is not folded away") {
  onnx_writer::Model model = smallModel();
  model.outputs = {value("cv", {-1, 2})};
  model.initializers = {floatTensor("one", {}, {1})};
  model.nodes = {node("Exp", {"x"}, "e"), node("Add", {"e", "one"}, "s"), node("Reciprocal", {"s"}, "r"),
                 node("Mul", {"r", "e"}, "cv")};
  const Result result = evaluate(model, {0.3, -2});
  CHECK(result.cv[0] == near(1 / (1 + std::exp(-0.3)), 1e-15));
  CHECK(result.jacobian[0] == near(std::exp(-0.3) / std::pow(1 + std::exp(-0.3), 2), 1e-15));
}

TEST_CASE("a sigmoid and a softplus written by an exponential keep their values and derivatives far out") {
  onnx_writer::Model model = smallModel();
  model.outputs = {value("cv", {-1, 2})};
  model.initializers = {floatTensor("one", {1}, {1}), floatTensor("minus", {}, {-1})};
  const std::vector<std::string> start = {node("Neg", {"x"}, "u"), node("Exp", {"u"}, "e"),
                                          node("Add", {"one", "e"}, "s")};
  const auto with = [&](std::string last) {
    model.nodes = start;
    model.nodes.push_back(std::move(last));
  };
  const std::vector<std::string> sigmoids = {node("Reciprocal", {"s"}, "cv"), node("Div", {"one", "s"}, "cv"),
                                             node("Pow", {"s", "minus"}, "cv")};
  for (const std::string& last : sigmoids) {
    with(last);
    // 1/(1 + exp(700)) and its derivative are exp(−700) to all digits; at −60 single precision still has them
    const Result far = evaluate(model, {-700, 800});
    CHECK(far.cv[0] / std::exp(-700.0) == near(1, 1e-14));
    CHECK(far.jacobian[0] / std::exp(-700.0) == near(1, 1e-14));
    CHECK((far.cv[1] == 1 && far.jacobian[3] == 0));
    const Result single =
        evaluate(model, {-60, -3000}, {EvaluatorChoice::native, Precision::singlePrecision});
    CHECK(single.jacobian[0] / std::exp(-60.0) == near(1, 1e-6));
    CHECK((single.cv[1] == 0 && single.jacobian[3] == 0));
  }
  with(node("Log", {"s"}, "cv"));
  const Result softplus = evaluate(model, {-1000, 0.5});
  CHECK(softplus.cv[0] == near(1000, 0));
  CHECK(softplus.jacobian[0] == near(-1, 0));
  CHECK(softplus.cv[1] == near(std::log1p(std::exp(-0.5)), 1e-16));
}
