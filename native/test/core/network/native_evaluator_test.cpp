#include "network/native_evaluator.h"

#include <cstdlib>
#include <new>

#include "networks.h"

// Every allocation of this program is counted.
static std::size_t allocations = 0;

static void* counted(void* memory) {
  ++allocations;
  if (!memory) throw std::bad_alloc();
  return memory;
}

void* operator new(std::size_t size) { return counted(std::malloc(size)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  const std::size_t line = static_cast<std::size_t>(alignment);
  return counted(std::aligned_alloc(line, (size + line - 1) / line * line));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace {

/** Steps that mix the elements of a vector, in a row. */
Network mixing() {
  Plan plan(5);
  const std::size_t h = plan.affine(0, 7);
  const std::size_t unit = plan.add(StepKind::normalize, {h}, 7);
  plan.network.steps.back().alpha = 1e-5;
  const std::size_t weights = plan.add(StepKind::softmax, {unit}, 7);
  const std::size_t picked = plan.add(StepKind::select, {h}, 4);
  plan.network.steps.back().indices = {6, 0, 0, 3};
  const std::size_t run = plan.add(StepKind::select, {weights}, 3);
  plan.network.steps.back().indices = {2, 3, 4};
  const std::size_t both = plan.add(StepKind::concat, {picked, 0, run, picked}, 16);
  const std::size_t logs = plan.add(StepKind::logSoftmax, {both}, 16);
  const std::size_t length = plan.add(StepKind::length, {logs}, 1);
  const std::size_t total = plan.add(StepKind::total, {both}, 1);
  plan.network.steps.back().alpha = 0.25;
  const std::size_t wide = plan.add(StepKind::select, {length}, 16);
  plan.network.steps.back().indices.assign(16, 0);
  const std::size_t product = plan.add(StepKind::product, {wide, both}, 16);
  plan.affine(plan.add(StepKind::concat, {product, total}, 17), 3);
  return plan.network;
}

}  // namespace

TEST_CASE("any number of outputs") {
  for (std::size_t outputs : {1, 2, 3, 4, 5, 6, 9}) compareWithDifferences(perceptron("Tanh", outputs));
}

TEST_CASE("sums, products and values read twice") { compareWithDifferences(branching()); }

TEST_CASE("steps that mix elements: normalisations, reductions, selections, and vectors put together") {
  compareWithDifferences(mixing());
  const std::vector<double> x = randomNumbers(5, 3);
  const Result full = evaluate(*makeNativeEvaluator<double>(mixing()), x);
  const Result single = evaluate(*makeNativeEvaluator<float>(mixing()), x);
  for (std::size_t i = 0; i < full.cv.size(); ++i)
    CHECK(single.cv[i] == near(full.cv[i], 1e-5 * (1 + std::abs(full.cv[i]))));
  for (std::size_t i = 0; i < full.jacobian.size(); ++i)
    CHECK(single.jacobian[i] == near(full.jacobian[i], 1e-4 * (1 + std::abs(full.jacobian[i]))));
}

TEST_CASE(
    "where they have no derivative, lengths and square roots of 0 give 0, and a softmax far out stays "
    "finite") {
  Plan length(3);
  length.add(StepKind::length, {0}, 1);
  const Result zero = evaluate(*makeNativeEvaluator<double>(length.network), {0, 0, 0});
  CHECK((zero.cv == std::vector<double>{0} && zero.jacobian == std::vector<double>(3, 0)));
  Plan root(1);
  root.activation(0, "Sqrt");
  const Result rootOfZero = evaluate(*makeNativeEvaluator<double>(root.network), {0});
  CHECK((rootOfZero.cv[0] == 0 && rootOfZero.jacobian[0] == 0));
  for (StepKind kind : {StepKind::softmax, StepKind::logSoftmax}) {
    Plan plan(2);
    plan.add(kind, {0}, 2);
    const Result result = evaluate(*makeNativeEvaluator<float>(plan.network), {-800, 800});
    for (double value : result.cv) CHECK(std::isfinite(value));
    for (double value : result.jacobian) CHECK(std::isfinite(value));
  }
}

TEST_CASE("a clamp is flat outside its bounds") {
  Plan plan(3);
  plan.add(StepKind::clamp, {0}, 3);
  plan.network.steps.back().scale = {-1, -1, -1};
  plan.network.steps.back().shift = {0.5, 0.5, 2};
  const Result result = evaluate(*makeNativeEvaluator<double>(plan.network), {-3, 1, 1});
  CHECK(result.cv == (std::vector<double>{-1, 0.5, 1}));
  CHECK(result.jacobian == (std::vector<double>{0, 0, 0, 0, 0, 0, 0, 0, 1}));
}

TEST_CASE("a step allocates nothing, whatever the layers") {
  for (const Network& network : {mixing(), branching(), perceptron("Tanh", 3)}) {
    const auto evaluator = makeNativeEvaluator<double>(network);
    const std::vector<double> x(evaluator->inputs(), 0.3), cotangents(evaluator->outputs(), 1);
    std::vector<double> cv(evaluator->outputs()), jacobian(cv.size() * x.size()), gradient(x.size());
    const std::size_t before = allocations;
    evaluator->evaluate(x.data(), cv.data(), jacobian.data());
    evaluator->vectorJacobian(cotangents.data(), gradient.data());
    CHECK(allocations == before);
  }
}
