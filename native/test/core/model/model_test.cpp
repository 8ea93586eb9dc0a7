#include "latentcv/model.h"

#include <cmath>

#include "core/model/small_models.h"
#include "core/onnx_writer.h"
#include "testing.h"

using namespace latentcv;
using onnx_writer::node;
using onnx_writer::smallModel;
using onnx_writer::value;
using small_models::evaluate;
using small_models::load;
using small_models::Result;
using small_models::TemporaryFile;

TEST_CASE("value and Jacobian of the small model in closed form") {
  const Result result = evaluate(smallModel(), {0.3, -0.2});
  const double h = 0.3 - 0.4 + 0.5, t = std::tanh(h);
  CHECK(result.cv[0] == near(t, 1e-15));
  CHECK(result.jacobian[0] == near(1 - t * t, 1e-15));
  CHECK(result.jacobian[1] == near(2 * (1 - t * t), 1e-15));
}

TEST_CASE("check vectors that hold pass; those that do not name the row and the value") {
  onnx_writer::Model model = smallModel();
  model.properties = {
      {"latentcv.inputs", "d1\nd2"},
      {"latentcv.outputs", "slow"},
      {"latentcv.check.inputs", "0 0\n0.3 -0.2"},
      {"latentcv.check.cv", "0.46211715726000979\n0.37994896225522490"},
      {"latentcv.check.jacobian", "0.786447732965927 1.572895465931854\n0.855638786093 1.711277572186"}};
  load(model);
  model.properties["latentcv.check.cv"] = "0.46211715726000979\n0.38014896225522490";
  CHECK_THROWS_WITH(
      load(model),
      contains("check vector 2: expected output 'slow' to be 0.380148962, as the file says, but the model "
               "gives 0.379948962"));
  model.properties["latentcv.check.cv"] = "0.46211715726000979\n0.37994896225522490";
  model.properties["latentcv.check.jacobian"] = "0.786447732965927 1.5\n0.855638786093 1.711277572186";
  CHECK_THROWS_WITH(
      load(model),
      contains(
          "check vector 1: expected the derivative of output 'slow' with respect to input 'd2' to be 1.5"));
}

TEST_CASE("files that are missing, no files, or too large") {
  CHECK_THROWS_WITH(Model("does-not-exist.onnx"),
                    contains("does-not-exist.onnx: cannot open the model file"));
  CHECK_THROWS_WITH(Model("."), contains("expected a model file but this is not a file"));
}

TEST_CASE("component names come from the file, else node-0, node-1, …") {
  onnx_writer::Model written = smallModel();
  {
    const TemporaryFile file(written);
    CHECK(Model(file.path()).outputNames() == std::vector<std::string>{"node-0"});
  }
  written.properties = {{"latentcv.outputs", "slow"}};
  const TemporaryFile file(written);
  CHECK(Model(file.path()).outputNames() == std::vector<std::string>{"slow"});
}

TEST_CASE("from atoms: value and gradients of tanh(r01 + 2 r02 + 0.5) against central differences") {
  onnx_writer::Model written = smallModel();
  written.properties = {{"latentcv.atoms", "1\n2\n3"},
                        {"latentcv.descriptors", "distance 0 1\ndistance 0 2"}};
  const TemporaryFile file(written);
  Model model(file.path());
  CHECK((model.hasDescriptors() && model.atoms() == 3));
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
    CHECK(derivatives[i] == near((up - down) / (2 * h), 1e-9));
  }
}

TEST_CASE("the period of a torsion is -pi to pi, and no other descriptor has one") {
  onnx_writer::Model written = smallModel();
  written.properties = {{"latentcv.atoms", "1\n2\n3\n4"},
                        {"latentcv.descriptors", "torsion 0 1 2 3\ndistance 0 2"},
                        {"latentcv.inputs.periods", "-3.141592653589793 3.141592653589793\nnone"}};
  load(written);
  written.properties["latentcv.inputs.periods"] = "none\nnone";
  CHECK_THROWS_WITH(
      load(written),
      contains("line 1 of latentcv.inputs.periods: expected -pi to pi, the period of a torsion"));
  written.properties["latentcv.inputs.periods"] = "0 6.283185307179586\nnone";
  CHECK_THROWS_WITH(load(written), contains("but received 0.000000 6.283185"));
  written.properties["latentcv.inputs.periods"] =
      "-3.141592653589793 3.141592653589793\n-3.141592653589793 3.141592653589793";
  CHECK_THROWS_WITH(load(written), contains("line 2 of latentcv.inputs.periods: expected none"));
  written.properties.erase("latentcv.inputs.periods");
  load(written);
}
