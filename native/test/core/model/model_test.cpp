#include "latentcv/model.h"

#include <unistd.h>

#include <cstdlib>

#include "check.h"
#include "core/onnx_writer.h"

using namespace latentcv;
using onnx_writer::floatTensor;
using onnx_writer::node;
using onnx_writer::pbf_writer;
using onnx_writer::smallModel;
using onnx_writer::value;

namespace {

/** A file in the working folder that goes away with the test. */
class TemporaryFile {
 public:
  explicit TemporaryFile(const onnx_writer::Model& model)
      : path_("model_test_" + std::to_string(::getpid()) + ".onnx") {
    model.write(path_);
  }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Result {
  std::vector<double> cv, jacobian;
};

Result evaluate(const onnx_writer::Model& written, const std::vector<double>& x,
                const ModelOptions& options = {}) {
  const TemporaryFile file(written);
  Model model(file.path(), options);
  Result result{std::vector<double>(model.outputs()), std::vector<double>(model.outputs() * model.inputs())};
  model.evaluator().evaluate(x.data(), result.cv.data(), result.jacobian.data());
  return result;
}

Result load(const onnx_writer::Model& written, const ModelOptions& options = {}) {
  return evaluate(written, {0, 0}, options);
}

/** The small model with its nodes replaced; `last` must be called cv. */
onnx_writer::Model withNodes(std::vector<std::string> nodes) {
  onnx_writer::Model model = smallModel();
  model.nodes = std::move(nodes);
  return model;
}

}  // namespace

TEST("value and Jacobian of the small model in closed form") {
  const Result result = evaluate(smallModel(), {0.3, -0.2});
  const double h = 0.3 - 0.4 + 0.5, t = std::tanh(h);
  CHECK_NEAR(result.cv[0], t, 1e-15);
  CHECK_NEAR(result.jacobian[0], 1 - t * t, 1e-15);
  CHECK_NEAR(result.jacobian[1], 2 * (1 - t * t), 1e-15);
}

TEST("affine operators in every form give x0 + 2 x1 and a shift") {
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
    CHECK_NEAR(result.cv[0], 0.3 - 0.4 + c.shift, 1e-15);
    CHECK_NEAR(result.jacobian[0], 1, 1e-15);
    CHECK_NEAR(result.jacobian[1], 2, 1e-15);
  }
}

TEST("an operator without native evaluation is named, and what the file needs") {
  const onnx_writer::Model model = withNodes({node("MatMul", {"x", "w"}, "y"), node("Floor", {"y"}, "cv")});
  CHECK_THROWS(
      load(model),
      "no native evaluation of Floor (node 'n_cv'), and the file has no output named jacobian for ONNX "
      "Runtime to compute; `latentcv differentiate model.onnx` writes a file that has one");
  CHECK_THROWS(load(model, {EvaluatorChoice::native, Precision::doublePrecision}),
               "no native evaluation of Floor");
  CHECK_THROWS(load(smallModel(), {EvaluatorChoice::onnxRuntime, Precision::doublePrecision}),
               "expected an output named jacobian");
  CHECK_THROWS(load(withNodes({node("Tanh", {"x"}, "cv", {}, "com.example")})),
               "no native evaluation of com.example.Tanh");
}

TEST("an operator used in a way without native evaluation says which") {
  struct Case {
    std::vector<std::string> nodes;
    const char* message;
  };
  const Case cases[] = {
      {{node("Concat", {"x", "x"}, "cv", {onnx_writer::intAttribute("axis", 0)})},
       "Concat (node 'n_cv'): no native evaluation along any axis but that of the features"},
      {{node("Softmax", {"x"}, "cv", {onnx_writer::intAttribute("axis", 0)})}, "along any axis but"},
      {{node("ReduceSum", {"x"}, "cv")}, "over more than the features"},
      {{node("ReduceSum", {"x", "both"}, "cv")}, "over more than the features"},
      {{node("ReduceSum", {"x", "one"}, "s", {onnx_writer::intAttribute("keepdims", 0)}),
        node("Max", {"x", "s"}, "cv")},
       "Max (node 'n_cv'): no native evaluation with inputs of different sizes"},
      {{node("Unsqueeze", {"x", "one"}, "cv")}, "no native evaluation of a change of shape"},
      {{node("Shape", {"x"}, "s"), node("Range", {"s", "s", "s"}, "r"), node("Add", {"x", "r"}, "cv")},
       "expected single numbers"},
      {{node("Gather", {"one", "two"}, "i"), node("Add", {"x", "i"}, "cv")},
       "reads beyond the end of a list"},
      {{node("Div", {"one", "two"}, "q"), node("Add", {"x", "q"}, "cv")},
       "whole numbers that leave a remainder"},
      {{node("Concat", {"one", "w3"}, "i", {onnx_writer::intAttribute("axis", 0)}),
        node("Reshape", {"x", "i"}, "cv")},
       "no native evaluation of a change of shape"},
      {{node("Pow", {"x", "x"}, "cv")}, "where input 1 depends on the model's input"},
      {{node("Pow", {"x", "half"}, "cv")}, "no native evaluation with different exponents"},
      {{node("Cast", {"x"}, "cv", {onnx_writer::intAttribute("to", 10)})},
       "to anything but float, double, bool"},
      {{node("Slice", {"x", "one", "both"}, "cv")}, "along any axis but"},
      {{node("ReduceSum", {"x", "one"}, "s", {onnx_writer::intAttribute("keepdims", 0)}),
        node("Add", {"x", "s"}, "cv")},
       "with inputs of different sizes"},
      {{node("Gather", {"x", "both"}, "cv", {onnx_writer::intAttribute("axis", 1)})},
       "expected indices below 2 but received 2"},
      {{node("Slice", {"x", "one", "one", "one"}, "cv")}, "expected to take elements but it takes none"},
      {{node("Slice", {"x", "one", "two", "one", "fraction"}, "cv")}, "expected steps of whole numbers"},
      {{node("Split", {"x", "both"}, "cv", {onnx_writer::intAttribute("axis", 1)})},
       "expected parts that add up to 2"},
      {{node("LayerNormalization", {"x", "w3"}, "cv")}, "expected 2 numbers as input 1 but received 3"},
      {{node("BatchNormalization", {"x", "half", "half", "half", "below"}, "cv")},
       "expected variances above zero"},
      {{node("Div", {"half", "zeros"}, "q"), node("Add", {"x", "q"}, "cv")}, "expected finite constants"},
  };
  onnx_writer::Model model = smallModel();
  model.initializers = {floatTensor("half", {2}, {0.5f, 1}),    floatTensor("w3", {3}, {1, 2, 3}),
                        floatTensor("below", {2}, {-1, 1}),     floatTensor("zeros", {2}, {0, 0}),
                        floatTensor("fraction", {1}, {1e-30f}), onnx_writer::int64Tensor("one", {1}),
                        onnx_writer::int64Tensor("two", {2}),   onnx_writer::int64Tensor("both", {1, 2})};
  for (const Case& c : cases) {
    model.nodes = c.nodes;
    CHECK_THROWS(load(model), c.message);
  }
}

TEST("layers of a size beyond reason are refused before memory is taken") {
  onnx_writer::Model model;
  const std::int64_t size = std::int64_t{1} << 25;
  model.inputs = {value("x", {-1, size})};
  model.outputs = {value("cv", {-1, 4 * size})};
  model.nodes = {node("Concat", {"x", "x"}, "y", {onnx_writer::intAttribute("axis", 1)}),
                 node("Concat", {"y", "y"}, "cv", {onnx_writer::intAttribute("axis", 1)})};
  CHECK_THROWS(load(model), "more memory than is reasonable");
}

TEST("an axis that the value has not is refused, without a remedy that is none") {
  CHECK_THROWS(load(withNodes({node("Softmax", {"x"}, "cv", {onnx_writer::intAttribute("axis", 99)})})),
               "Softmax (node 'n_cv'): expected an axis of [n, d] but received 99");
  CHECK_THROWS(load(withNodes({node("Softmax", {"x"}, "cv", {onnx_writer::intAttribute("axis", 0)})})),
               "no native evaluation along any axis but that of the features");
}

TEST("a graph of anything but real numbers is refused") {
  for (const auto& [type, name] :
       {std::pair<int, const char*>{7, "int64"}, {8, "string"}, {10, "float16"}, {16, "bfloat16"}}) {
    onnx_writer::Model model = smallModel();
    model.inputs = {value("x", {-1, 2}, type)};
    CHECK_THROWS(load(model), std::string("expected float or double for input 'x' but it is ") + name);
  }
}

TEST("shapes that do not fit are refused") {
  onnx_writer::Model model = smallModel();
  model.initializers[0] = floatTensor("w", {3, 1}, {1, 2, 3});
  CHECK_THROWS(load(model), "expected a matrix for 2 inputs but received one for 3");
  model = smallModel();
  model.inputs = {value("x", {-1, -1})};
  CHECK_THROWS(load(model), "to have the shape [n, d] with a known d but received [?, ?]");
  model.inputs = {value("x", {-1, 2}), value("y", {-1, 2})};
  CHECK_THROWS(load(model), "expected one input but the graph has 'x' and 'y'");
  model = withNodes({node("Identity", {"w"}, "cv")});
  CHECK_THROWS(load(model), "output 'cv' does not depend on the input");
  model = withNodes({node("Mul", {"x", "zero"}, "y"), node("Div", {"x", "zero"}, "cv")});
  model.initializers.push_back(floatTensor("zero", {}, {0}));
  CHECK_THROWS(load(model), "division by zero");
}

TEST("an output of a size beyond reason is refused before memory is taken") {
  onnx_writer::Model model;
  model.inputs = {value("x", {-1, std::int64_t{1} << 40})};
  model.outputs = {value("cv", {-1, std::int64_t{1} << 40})};
  model.nodes = {node("Tanh", {"x"}, "cv")};
  CHECK_THROWS(load(model), "more memory than is reasonable");
}

TEST("check vectors that hold pass; those that do not name the row and the value") {
  onnx_writer::Model model = smallModel();
  model.properties = {
      {"latentcv.inputs", "d1\nd2"},
      {"latentcv.outputs", "slow"},
      {"latentcv.check.inputs", "0 0\n0.3 -0.2"},
      {"latentcv.check.cv", "0.46211715726000979\n0.37994896225522490"},
      {"latentcv.check.jacobian", "0.786447732965927 1.572895465931854\n0.855638786093 1.711277572186"}};
  load(model);
  model.properties["latentcv.check.cv"] = "0.46211715726000979\n0.38014896225522490";
  CHECK_THROWS(load(model),
               "check vector 2: expected output 'slow' to be 0.380148962, as the file says, but the model "
               "gives 0.379948962");
  model.properties["latentcv.check.cv"] = "0.46211715726000979\n0.37994896225522490";
  model.properties["latentcv.check.jacobian"] = "0.786447732965927 1.5\n0.855638786093 1.711277572186";
  CHECK_THROWS(
      load(model),
      "check vector 1: expected the derivative of output 'slow' with respect to input 'd2' to be 1.5");
}

TEST("files that are missing, no files, or too large") {
  CHECK_THROWS(Model("does-not-exist.onnx"), "does-not-exist.onnx: cannot open the model file");
  CHECK_THROWS(Model("."), "expected a model file but this is not a file");
}

TEST("component names come from the file, else node-0, node-1, …") {
  onnx_writer::Model written = smallModel();
  {
    const TemporaryFile file(written);
    CHECK(Model(file.path()).outputNames() == std::vector<std::string>{"node-0"});
  }
  written.properties = {{"latentcv.outputs", "slow"}};
  const TemporaryFile file(written);
  CHECK(Model(file.path()).outputNames() == std::vector<std::string>{"slow"});
}

TEST("from atoms: value and gradients of tanh(r01 + 2 r02 + 0.5) against central differences") {
  onnx_writer::Model written = smallModel();
  written.properties = {{"latentcv.atoms", "1\n2\n3"},
                        {"latentcv.descriptors", "distance 0 1\ndistance 0 2"}};
  const TemporaryFile file(written);
  Model model(file.path());
  CHECK(model.hasDescriptors() && model.atoms() == 3);
  const double rows[9] = {1, 0, 0, 0.2, 0.9, 0, 0.1, -0.2, 1.1};
  std::vector<double> positions = {0.1, 0.1, 0.1, 0.15, 0.2, 0.05, 0.95, 0.1, 0.2}, derivatives(9),
                      boxDerivatives(9);
  double cv, up, down;
  model.evaluateAtoms(positions.data(), Box(rows), &cv, derivatives.data(), boxDerivatives.data());
  for (int i = 0; i < 9; ++i) {
    const double at = positions[i], h = 1e-6;
    positions[i] = at + h;
    model.evaluateAtoms(positions.data(), Box(rows), &up, nullptr, nullptr);
    positions[i] = at - h;
    model.evaluateAtoms(positions.data(), Box(rows), &down, nullptr, nullptr);
    positions[i] = at;
    CHECK_NEAR(derivatives[i], (up - down) / (2 * h), 1e-9);
  }
}

TEST("the period of a torsion is -pi to pi, and no other descriptor has one") {
  onnx_writer::Model written = smallModel();
  written.properties = {{"latentcv.atoms", "1\n2\n3\n4"},
                        {"latentcv.descriptors", "torsion 0 1 2 3\ndistance 0 2"},
                        {"latentcv.inputs.periods", "-3.141592653589793 3.141592653589793\nnone"}};
  load(written);
  written.properties["latentcv.inputs.periods"] = "none\nnone";
  CHECK_THROWS(load(written),
               "line 1 of latentcv.inputs.periods: expected -pi to pi, the period of a torsion");
  written.properties["latentcv.inputs.periods"] = "0 6.283185307179586\nnone";
  CHECK_THROWS(load(written), "but received 0.000000 6.283185");
  written.properties["latentcv.inputs.periods"] =
      "-3.141592653589793 3.141592653589793\n-3.141592653589793 3.141592653589793";
  CHECK_THROWS(load(written), "line 2 of latentcv.inputs.periods: expected none");
  written.properties.erase("latentcv.inputs.periods");
  load(written);
}

// Derivatives where there is none in the strict sense: those of torch 2.15 in double (torch.maximum, minimum,
// amax, amin, clamp, nn.functional.relu, hardsigmoid, hardswish, prelu, threshold, at these points), and 0
// for the square root, where torch has infinity.
TEST("at kinks, bounds and ties the derivative is torch's") {
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
      CHECK_NEAR(result.jacobian[0], c.derivative, 1e-7);
    }
  }
}

TEST("equal largest or smallest features share the derivative, as in torch.amax") {
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
    CHECK_NEAR(tie.cv[0], 2 * sign, 0);
    for (std::size_t i = 0; i < 4; ++i) CHECK_NEAR(tie.jacobian[i], i == 1 ? 0 : 1.0 / 3, 1e-16);
    const Result alone = evaluate(model, {2 * sign, 3 * sign, 2 * sign, -5 * sign});
    CHECK(alone.jacobian == (std::vector<double>{0, 1, 0, 0}));
    CHECK(std::isnan(evaluate(model, {0, NAN, 1, 2}).cv[0]));
  }
}

TEST("a sigmoid and a softplus written by an exponential keep their values and derivatives far out") {
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
    CHECK_NEAR(far.cv[0] / std::exp(-700.0), 1, 1e-14);
    CHECK_NEAR(far.jacobian[0] / std::exp(-700.0), 1, 1e-14);
    CHECK(far.cv[1] == 1 && far.jacobian[3] == 0);
    const Result single =
        evaluate(model, {-60, -3000}, {EvaluatorChoice::native, Precision::singlePrecision});
    CHECK_NEAR(single.jacobian[0] / std::exp(-60.0), 1, 1e-6);
    CHECK(single.cv[1] == 0 && single.jacobian[3] == 0);
  }
  with(node("Log", {"s"}, "cv"));
  const Result softplus = evaluate(model, {-1000, 0.5});
  CHECK_NEAR(softplus.cv[0], 1000, 0);
  CHECK_NEAR(softplus.jacobian[0], -1, 0);
  CHECK_NEAR(softplus.cv[1], std::log1p(std::exp(-0.5)), 1e-16);
}

TEST("an exponential that something else reads is not folded away") {
  onnx_writer::Model model = smallModel();
  model.outputs = {value("cv", {-1, 2})};
  model.initializers = {floatTensor("one", {}, {1})};
  model.nodes = {node("Exp", {"x"}, "e"), node("Add", {"e", "one"}, "s"), node("Reciprocal", {"s"}, "r"),
                 node("Mul", {"r", "e"}, "cv")};
  const Result result = evaluate(model, {0.3, -2});
  CHECK_NEAR(result.cv[0], 1 / (1 + std::exp(-0.3)), 1e-15);
  CHECK_NEAR(result.jacobian[0], std::exp(-0.3) / std::pow(1 + std::exp(-0.3), 2), 1e-15);
}

TEST("what torch.atan2 and masks become is evaluated natively") {
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
    CHECK_NEAR(result.cv[0], std::atan2(x[0], x[1]), 1e-7);  // π stands in the file in single precision
    CHECK_NEAR(result.jacobian[0], x[1] / squared, 1e-14);
    CHECK_NEAR(result.jacobian[1], -x[0] / squared, 1e-14);
  }
}

TEST("comparisons for equality and casts to whole numbers") {
  onnx_writer::Model model = smallModel();
  model.outputs = {value("cv", {-1, 2})};
  model.initializers = {floatTensor("w", {}, {2})};
  model.nodes = {node("Equal", {"x", "w"}, "same"), node("Where", {"same", "x", "w"}, "cv")};
  const Result same = evaluate(model, {2, 3});
  CHECK(same.cv == (std::vector<double>{2, 2}) && same.jacobian == (std::vector<double>{1, 0, 0, 0}));
  model.nodes = {node("Cast", {"x"}, "whole", {onnx_writer::intAttribute("to", 7)}),
                 node("Cast", {"whole"}, "cv", {onnx_writer::intAttribute("to", 1)})};
  CHECK(evaluate(model, {-2.7, 3.9}).cv == (std::vector<double>{-2, 3}));
  model.nodes = {node("Cast", {"x"}, "cv", {onnx_writer::intAttribute("to", 10)})};
  CHECK_THROWS(load(model), "Cast (node 'n_cv'): no native evaluation to anything but float, double, bool");
}

TEST("an infinite derivative of what was not chosen makes no NaN") {
  // x > 0 ? log(x) : 0 at 0, and 1/(1 + exp(x)²) where the exponential overflows
  onnx_writer::Model model = smallModel();
  model.outputs = {value("cv", {-1, 2})};
  model.initializers = {floatTensor("zero", {}, {0}), floatTensor("one", {}, {1}),
                        floatTensor("two", {}, {2})};
  model.nodes = {node("Greater", {"x", "zero"}, "mask"), node("Log", {"x"}, "log"),
                 node("Where", {"mask", "log", "zero"}, "cv")};
  const Result chosen = evaluate(model, {0, 4});
  CHECK(chosen.cv[0] == 0 && chosen.jacobian[0] == 0);
  CHECK_NEAR(chosen.jacobian[3], 0.25, 0);
  model.nodes = {node("Exp", {"x"}, "e"), node("Mul", {"e", "two"}, "t"), node("Add", {"t", "one"}, "s"),
                 node("Reciprocal", {"s"}, "cv")};
  const Result flat = evaluate(model, {800, 0});
  CHECK(flat.cv[0] == 0 && flat.jacobian[0] == 0);
}
