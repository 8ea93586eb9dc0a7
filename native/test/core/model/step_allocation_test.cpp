// What the plugin does at every step, counted: nothing of it may allocate.
#include <malloc.h>

#include <cstdlib>
#include <random>

#include "core/onnx_writer.h"
#include "latentcv/model.h"
#include "testing.h"

using namespace latentcv;
using onnx_writer::node;

// glibc calls these for every allocation of the process, those of `new` and of the C library included.
extern "C" void* __libc_malloc(std::size_t);
extern "C" void* __libc_calloc(std::size_t, std::size_t);
extern "C" void* __libc_realloc(void*, std::size_t);
extern "C" void* __libc_memalign(std::size_t, std::size_t);

static std::size_t allocations = 0;

extern "C" void* malloc(std::size_t size) {
  ++allocations;
  return __libc_malloc(size);
}
extern "C" void* calloc(std::size_t count, std::size_t size) {
  ++allocations;
  return __libc_calloc(count, size);
}
extern "C" void* realloc(void* memory, std::size_t size) {
  ++allocations;
  return __libc_realloc(memory, size);
}
extern "C" void* aligned_alloc(std::size_t alignment, std::size_t size) {
  ++allocations;
  return __libc_memalign(alignment, size);
}

namespace {

const char* const switches[] = {"rational 0.5 0.1 6 12", "gaussian 0.4 0", "fermi 0.5 20"};

/** One descriptor of every kind, each switching function among them. */
std::vector<std::string> everyKind() {
  std::vector<std::string> lines = {
      "distance 0 1",
      "distance-x 0 1",
      "distance-y 1 2",
      "distance-z 2 3",
      "inverse-distance 0 2",
      "angle 0 1 2",
      "torsion-sin 0 1 2 3",
      "torsion-cos 0 1 2 3",
      "sorted-distance 0 1 2 3 rank 0",
      "sorted-distance 0 1 / 2 3 4 rank 1",
      "distance 5 6",
      "steinhardt 0-3 cubic 0.1 0.55 l 6 mean",
      "averaged-steinhardt 0-3 gaussian 0.3 0.1 0.55 l 3 moment 2",
      "averaged-steinhardt 0-3 gaussian 0.3 0.1 0.55 l 4 bin 0.2 0.5 0.1",
      "coordination-number 0-3 gaussian 0.3 0.1 0.54 moment 2",
      "coordination-number 0-2 / 3 cubic 0.1 0.54 bin 0.5 1.5 0.5",
      "debye 0-3 q 9 window 0.54",
      "piv 0-4 gaussian 0.3 0 rank 2",
      "similarity 0-4 sigma 0.02 lambda 9 environment 0.3 0.08 0 mean",
      "similarity 0-4 sigma 0.02 lambda 9 environment 0.3 0.08 0 environment 0.1 "
      "0.3 0.1 above 0.5",
      "soap 0-4 basis 3 2 0.54 0.05 poly outer spectrum 0 1 2",
      "soap 0-4 / 0 1 / 2-4 basis 3 2 0.4 0.03 uniform inner spectrum 1 0 0",
      "acsf 0-4 cutoff 0.54 radial 5 0.2",
      "acsf 0-2 5 cutoff 0.54 angular 2 4 -1"};
  for (const std::string function : switches) {
    lines.push_back("contact 0 4 " + function);
    lines.push_back("coordination 0 1 2 3 " + function);
    lines.push_back("coordination 0 1 / 2 3 4 " + function);
  }
  return lines;
}

/** What is of the box. */
const std::vector<std::string> ofBox = {"volume 0-4",
                                        "cell-b",
                                        "cell-gamma",
                                        "bragg 0-4 hkl 1 0 2",
                                        "bragg 0-3 hkl 1 1 0 0 1 1",
                                        "rdf 0-4 grid 0.4 0.02 8 bin 6",
                                        "pair-entropy 0-4 grid 0.4 0.02 40",
                                        "piv 0-4 gaussian 0.3 0 rank 2 volume 2"};

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

/**
 * tanh(x · W) with two outputs, and what else an ensemble's graph has; with its Jacobian for ONNX Runtime.
 */
onnx_writer::Model encoder(const std::vector<std::string>& descriptors) {
  const std::int64_t d = static_cast<std::int64_t>(descriptors.size());
  std::mt19937 random(5);
  std::uniform_real_distribution<float> uniform(-0.3f, 0.3f);
  std::vector<float> weights(static_cast<std::size_t>(2 * d));
  for (float& weight : weights) weight = uniform(random);
  onnx_writer::Model model = onnx_writer::smallModel();
  model.inputs = {onnx_writer::value("x", {-1, d})};
  model.outputs = {onnx_writer::value("cv", {-1, 2}), onnx_writer::value("jacobian", {-1, 2, d})};
  model.initializers = {onnx_writer::floatTensor("w", {d, 2}, weights),
                        onnx_writer::floatTensor("one", {}, {1}), onnx_writer::int64Tensor("axis", {2})};
  model.nodes = {node("MatMul", {"x", "w"}, "z"),           node("Tanh", {"z"}, "cv"),
                 node("Mul", {"cv", "cv"}, "squares"),      node("Sub", {"one", "squares"}, "slope"),
                 node("Unsqueeze", {"slope", "axis"}, "s"), node("Transpose", {"w"}, "wt"),
                 node("Mul", {"s", "wt"}, "jacobian")};
  model.properties = {{"latentcv.atoms", "1 2 3 4 5"},
                      {"latentcv.descriptors", joined(descriptors)},
                      {"latentcv.descriptors.points", "centre 0 1 2\ncentre 3 4 weights 12 1"}};
  return model;
}

const std::vector<double> positions = {0, 0, 0, 0.3, 0.1, 0, 0.4, 0.4, 0.1, 0.7, 0.4, 0.5, 0.2, 0.8, 0.9};
const double orthorhombic[] = {1.1, 0, 0, 0, 1.2, 0, 0, 0, 1.3};
const double triclinic[] = {1.1, 0, 0, 0.3, 1.2, 0, -0.2, 0.4, 1.3};

/** Allocations in a step as the plugin makes it: box, values, Jacobian, and one reverse pass. */
std::size_t allocationsInStep(Model& model, const double* rows) {
  const std::size_t k = model.outputs(), row = 3 * model.atoms();
  std::vector<double> values(k), derivatives(k * row), boxDerivatives(k * 9), cotangents(k, 0.5),
      forces(row + 9);
  const auto step = [&] {
    const Box box = rows ? Box(rows) : Box();
    model.evaluateAtoms(positions.data(), box, values.data(), nullptr, boxDerivatives.data());
    model.vectorJacobianAtoms(cotangents.data(), forces.data(), forces.data() + row);
    model.evaluateAtoms(positions.data(), box, values.data(), derivatives.data(), boxDerivatives.data());
  };
  step();  // what is made once, such as the tables of a vector library, is made here
  const std::size_t before = allocations;
  for (int i = 0; i < 10; ++i) step();
  const std::size_t counted = allocations - before;
  double sum = 0;
  for (double force : forces) sum += std::abs(force);
  CHECK(sum > 0);
  return counted;
}

using Boxes = std::vector<const double*>;

std::size_t allocationsOf(const std::vector<std::string>& descriptors, const ModelOptions& options,
                          const Boxes& boxes = {nullptr, orthorhombic, triclinic}) {
  const std::string path = "step_allocation_test.onnx";
  encoder(descriptors).write(path);
  Model model(path, options);
  std::remove(path.c_str());
  std::size_t most = 0;
  for (const double* rows : boxes) most = std::max(most, allocationsInStep(model, rows));
  return most;
}

}  // namespace

TEST_CASE("the count counts") {
  const std::size_t before = allocations;
  delete new std::vector<double>(100);
  std::free(std::malloc(10));
  CHECK(allocations - before >= 3);
}

TEST_CASE("a step of the native evaluator allocates nothing, whatever the descriptors, box and precision") {
  for (const Precision precision : {Precision::doublePrecision, Precision::singlePrecision}) {
    for (const std::string& line : everyKind())
      CHECK_MESSAGE(allocationsOf({line}, {EvaluatorChoice::native, precision}) == 0, line);
    CHECK(allocationsOf(everyKind(), {EvaluatorChoice::native, precision}) == 0);
    CHECK(allocationsOf(ofBox, {EvaluatorChoice::native, precision}, {orthorhombic, triclinic}) == 0);
  }
}

TEST_CASE("a step through ONNX Runtime allocates what ONNX Runtime itself does, and nothing more") {
  const std::string path = "step_allocation_test.onnx";
  encoder(everyKind()).write(path);
  Model model(path, {EvaluatorChoice::onnxRuntime, Precision::doublePrecision});
  std::remove(path.c_str());
  std::vector<double> values(model.outputs()), jacobian(model.outputs() * model.inputs());
  const std::vector<double> x(model.inputs(), 0.1);
  const auto alone = [&] {
    const std::size_t before = allocations;
    for (int i = 0; i < 20; ++i) model.evaluator().evaluate(x.data(), values.data(), jacobian.data());
    return allocations - before;
  };
  const std::size_t inSteps = allocationsInStep(model, triclinic), theirs = alone();
  CHECK(inSteps == theirs);
}
