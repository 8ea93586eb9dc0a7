#include "core/model/small_models.h"
#include "core/onnx_writer.h"
#include "latentcv/model.h"
#include "testing.h"

using namespace latentcv;
using onnx_writer::floatTensor;
using onnx_writer::node;
using onnx_writer::smallModel;
using onnx_writer::value;
using small_models::load;
using small_models::withNodes;

TEST_CASE("an operator without native evaluation is named, and what the file needs") {
  const onnx_writer::Model model = withNodes({node("MatMul", {"x", "w"}, "y"), node("Floor", {"y"}, "cv")});
  CHECK_THROWS_WITH(
      load(model),
      contains(
          "no native evaluation of Floor (node 'n_cv'), and the file has no output named jacobian for ONNX "
          "Runtime to compute; `latentcv differentiate model.onnx` writes a file that has one"));
  CHECK_THROWS_WITH(load(model, {EvaluatorChoice::native, Precision::doublePrecision}),
                    contains("no native evaluation of Floor"));
  CHECK_THROWS_WITH(load(smallModel(), {EvaluatorChoice::onnxRuntime, Precision::doublePrecision}),
                    contains("expected an output named jacobian"));
  CHECK_THROWS_WITH(load(withNodes({node("Tanh", {"x"}, "cv", {}, "com.example")})),
                    contains("no native evaluation of com.example.Tanh"));
}

TEST_CASE("an operator used in a way without native evaluation says which") {
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
    CHECK_THROWS_WITH(load(model), contains(c.message));
  }
}

TEST_CASE("layers of a size beyond reason are refused before memory is taken") {
  onnx_writer::Model model;
  const std::int64_t size = std::int64_t{1} << 25;
  model.inputs = {value("x", {-1, size})};
  model.outputs = {value("cv", {-1, 4 * size})};
  model.nodes = {node("Concat", {"x", "x"}, "y", {onnx_writer::intAttribute("axis", 1)}),
                 node("Concat", {"y", "y"}, "cv", {onnx_writer::intAttribute("axis", 1)})};
  CHECK_THROWS_WITH(load(model), contains("more memory than is reasonable"));
}

TEST_CASE("an axis that the value has not is refused, without a remedy that is none") {
  CHECK_THROWS_WITH(load(withNodes({node("Softmax", {"x"}, "cv", {onnx_writer::intAttribute("axis", 99)})})),
                    contains("Softmax (node 'n_cv'): expected an axis of [n, d] but received 99"));
  CHECK_THROWS_WITH(load(withNodes({node("Softmax", {"x"}, "cv", {onnx_writer::intAttribute("axis", 0)})})),
                    contains("no native evaluation along any axis but that of the features"));
}

TEST_CASE("a graph of anything but real numbers is refused") {
  for (const auto& [type, name] :
       {std::pair<int, const char*>{7, "int64"}, {8, "string"}, {10, "float16"}, {16, "bfloat16"}}) {
    onnx_writer::Model model = smallModel();
    model.inputs = {value("x", {-1, 2}, type)};
    CHECK_THROWS_WITH(load(model),
                      contains(std::string("expected float or double for input 'x' but it is ") + name));
  }
}

TEST_CASE("shapes that do not fit are refused") {
  onnx_writer::Model model = smallModel();
  model.initializers[0] = floatTensor("w", {3, 1}, {1, 2, 3});
  CHECK_THROWS_WITH(load(model), contains("expected a matrix for 2 inputs but received one for 3"));
  model = smallModel();
  model.inputs = {value("x", {-1, -1})};
  CHECK_THROWS_WITH(load(model), contains("to have the shape [n, d] with a known d but received [?, ?]"));
  model.inputs = {value("x", {-1, 2}), value("y", {-1, 2})};
  CHECK_THROWS_WITH(load(model), contains("expected one input but the graph has 'x' and 'y'"));
  model = withNodes({node("Identity", {"w"}, "cv")});
  CHECK_THROWS_WITH(load(model), contains("output 'cv' does not depend on the input"));
  model = withNodes({node("Mul", {"x", "zero"}, "y"), node("Div", {"x", "zero"}, "cv")});
  model.initializers.push_back(floatTensor("zero", {}, {0}));
  CHECK_THROWS_WITH(load(model), contains("division by zero"));
}

TEST_CASE("an output of a size beyond reason is refused before memory is taken") {
  onnx_writer::Model model;
  model.inputs = {value("x", {-1, std::int64_t{1} << 40})};
  model.outputs = {value("cv", {-1, std::int64_t{1} << 40})};
  model.nodes = {node("Tanh", {"x"}, "cv")};
  CHECK_THROWS_WITH(load(model), contains("more memory than is reasonable"));
}
