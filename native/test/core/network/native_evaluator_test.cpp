#include "network/native_evaluator.h"

#include <cstdlib>
#include <new>
#include <random>

#include "network/activations.h"
#include "testing.h"

using namespace latentcv;

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

std::vector<double> randomNumbers(std::size_t count, unsigned seed, double scale = 1) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(-scale, scale);
  std::vector<double> values(count);
  for (double& value : values) value = uniform(random);
  return values;
}

/** Adds steps to a network under construction. */
struct Plan {
  Network network;

  explicit Plan(std::size_t inputs) { network.sizes.push_back(inputs); }

  std::size_t add(StepKind kind, std::vector<std::size_t> inputs, std::size_t size) {
    network.sizes.push_back(size);
    network.output = network.sizes.size() - 1;
    Step step;
    step.kind = kind;
    step.inputs = std::move(inputs);
    step.output = network.output;
    network.steps.push_back(step);
    return network.output;
  }

  std::size_t affine(std::size_t in, std::size_t size) {
    const std::size_t columns = network.sizes[in], slot = add(StepKind::affine, {in}, size);
    network.steps.back().matrix =
        randomNumbers(size * columns, static_cast<unsigned>(slot), 2 / std::sqrt(columns));
    network.steps.back().shift = randomNumbers(size, static_cast<unsigned>(slot) + 50);
    return slot;
  }

  std::size_t scaleShift(std::size_t in) {
    const std::size_t size = network.sizes[in], slot = add(StepKind::scaleShift, {in}, size);
    network.steps.back().scale = randomNumbers(size, static_cast<unsigned>(slot) + 100);
    network.steps.back().shift = randomNumbers(size, static_cast<unsigned>(slot) + 150);
    return slot;
  }

  std::size_t activation(std::size_t in, const std::string& function) {
    const std::size_t slot = add(StepKind::activation, {in}, network.sizes[in]);
    network.steps.back().function = function;
    for (const ActivationKind& kind : activationKinds)
      if (function == kind.name) {
        network.steps.back().alpha = kind.alpha;
        network.steps.back().gamma = kind.gamma;
      }
    return slot;
  }
};

struct Result {
  std::vector<double> cv, jacobian;
};

Result evaluate(Evaluator& evaluator, const std::vector<double>& x) {
  Result result{std::vector<double>(evaluator.outputs()),
                std::vector<double>(evaluator.outputs() * evaluator.inputs())};
  evaluator.evaluate(x.data(), result.cv.data(), result.jacobian.data());
  return result;
}

/**
 * The Jacobian against central differences of the values, both in double;
 * vectorJacobian against the Jacobian.
 */
void compareWithDifferences(const Network& network, unsigned seed = 9) {
  const auto evaluator = makeNativeEvaluator<double>(network);
  const std::size_t d = evaluator->inputs(), k = evaluator->outputs();
  const std::vector<double> x = randomNumbers(d, seed);
  const double h = 1e-5;
  const Result at = evaluate(*evaluator, x);
  for (std::size_t i = 0; i < d; ++i) {
    std::vector<double> moved = x, up(k), down(k);
    moved[i] = x[i] + h;
    evaluator->evaluate(moved.data(), up.data(), nullptr);
    moved[i] = x[i] - h;
    evaluator->evaluate(moved.data(), down.data(), nullptr);
    for (std::size_t o = 0; o < k; ++o) {
      const double difference = (up[o] - down[o]) / (2 * h);
      CHECK(at.jacobian[o * d + i] == near(difference, 1e-9 * (1 + std::abs(difference))));
    }
  }
  const std::vector<double> cotangents = randomNumbers(k, seed + 1);
  std::vector<double> gradient(d);
  evaluate(*evaluator, x);
  evaluator->vectorJacobian(cotangents.data(), gradient.data());
  for (std::size_t i = 0; i < d; ++i) {
    double sum = 0;
    for (std::size_t o = 0; o < k; ++o) sum += cotangents[o] * at.jacobian[o * d + i];
    CHECK(gradient[i] == near(sum, 1e-13));
  }
}

Network perceptron(const std::string& function, std::size_t outputs) {
  Plan plan(5);
  plan.affine(plan.activation(plan.affine(plan.activation(plan.affine(0, 9), function), 6), function),
              outputs);
  return plan.network;
}

/** residual + gating: values read more than once, as in x · sigmoid(x). */
Network branching() {
  Plan plan(4);
  const std::size_t h = plan.affine(0, 4);
  const std::size_t gate = plan.activation(h, "Sigmoid");
  const std::size_t silu = plan.add(StepKind::product, {h, gate}, 4);
  const std::size_t residual = plan.add(StepKind::sum, {silu, 0}, 4);
  const std::size_t square = plan.add(StepKind::product, {residual, residual}, 4);
  plan.affine(plan.scaleShift(square), 2);
  return plan.network;
}

/** Functions that a network of the tests cannot take everywhere: not defined, or steep, below or about 0. */
bool positiveOnly(const std::string& function) {
  return function == "Sqrt" || function == "Log" || function == "Reciprocal";
}

/** What is defined, or tame, between −1 and 1. */
bool boundedOnly(const std::string& function) {
  for (const char* one : {"Asin", "Acos", "Atanh", "Tan", "Sinh", "Cosh"})
    if (function == one) return true;
  return false;
}

/** The function of numbers that others have brought to where it is defined. */
Network networkAfter(const std::vector<std::string>& before, const std::string& function,
                     std::size_t outputs) {
  Plan plan(5);
  std::size_t slot = plan.affine(0, 9);
  for (const std::string& name : before) slot = plan.activation(slot, name);
  plan.affine(plan.activation(slot, function), outputs);
  return plan.network;
}

Network networkOf(const std::string& function, std::size_t outputs) {
  if (positiveOnly(function)) return networkAfter({"Exp"}, function, outputs);
  if (boundedOnly(function)) return networkAfter({"Softsign"}, function, outputs);
  if (function == "Acosh") return networkAfter({"Sigmoid", "Exp"}, function, outputs);
  return perceptron(function, outputs);
}

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

TEST_CASE("every activation: Jacobian of a two-layer network against central differences") {
  for (const ActivationKind& kind : activationKinds) compareWithDifferences(networkOf(kind.name, 2));
}

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

TEST_CASE("activations at points computed with Python's mpmath, 17 digits") {
  struct Case {
    const char* name;
    double x, y;
  };
  // mpmath.mp.dps = 30; erf, exp and log1p of the definitions in onnx.ai's operator pages
  const Case cases[] = {{"Gelu", 0.7, 0.53062544344384889},
                        {"GeluTanh", 0.7, 0.53057013470511675},
                        {"Softplus", -2.0, 0.12692801104297250},
                        {"Selu", -0.5, -0.69175818996524255},
                        {"Elu", -1.5, -0.77686983985157021},
                        {"Sigmoid", 3.0, 0.95257412682243322},
                        {"Erf", 0.3, 0.32862675945912743},
                        {"LeakyRelu", -2.0, -0.02},
                        {"Sign", -0.3, -1},
                        {"Sign", 0, 0},
                        {"NotZero", -0.3, 1},
                        {"NotZero", 0, 0},
                        {"Truncated", -2.7, -2}};
  for (const Case& c : cases) {
    Plan plan(1);
    plan.activation(0, c.name);
    CHECK(evaluate(*makeNativeEvaluator<double>(plan.network), {c.x}).cv[0] == near(c.y, 4e-16));
  }
}

TEST_CASE("activations stay finite far out") {
  for (const char* name :
       {"Tanh", "Sigmoid", "Softplus", "Gelu", "GeluTanh", "Erf", "Elu", "Selu", "Mish", "Celu", "Softsign"})
    for (double x : {-800.0, 800.0}) {
      Plan plan(1);
      plan.activation(0, name);
      const Result result = evaluate(*makeNativeEvaluator<double>(plan.network), {x});
      CHECK((std::isfinite(result.cv[0]) && std::isfinite(result.jacobian[0])));
      const Result single = evaluate(*makeNativeEvaluator<float>(plan.network), {x});
      CHECK((std::isfinite(single.cv[0]) && std::isfinite(single.jacobian[0])));
    }
}

TEST_CASE("float agrees with double to float's rounding") {
  for (const ActivationKind& kind : activationKinds) {
    const Network network = networkOf(kind.name, 3);
    const std::vector<double> x = randomNumbers(5, 3, 0.5);
    const Result full = evaluate(*makeNativeEvaluator<double>(network), x);
    const Result single = evaluate(*makeNativeEvaluator<float>(network), x);
    for (std::size_t i = 0; i < full.cv.size(); ++i)
      CHECK(single.cv[i] == near(full.cv[i], 2e-5 * (1 + std::abs(full.cv[i]))));
    for (std::size_t i = 0; i < full.jacobian.size(); ++i)
      CHECK(single.jacobian[i] == near(full.jacobian[i], 1e-4 * (1 + std::abs(full.jacobian[i]))));
  }
}

TEST_CASE("folding steps leaves the values as they are") {
  Plan plan(5);
  const std::size_t scaled = plan.scaleShift(plan.scaleShift(0));
  const std::size_t hidden = plan.activation(plan.scaleShift(plan.affine(scaled, 7)), "Tanh");
  plan.scaleShift(plan.affine(plan.affine(plan.scaleShift(hidden), 3), 3));
  Network folded = plan.network;
  simplify(folded);
  CHECK(folded.steps.size() == 3);
  const std::vector<double> x = randomNumbers(5, 4);
  const Result plain = evaluate(*makeNativeEvaluator<double>(plan.network), x);
  const Result simple = evaluate(*makeNativeEvaluator<double>(folded), x);
  for (std::size_t i = 0; i < plain.cv.size(); ++i) CHECK(simple.cv[i] == near(plain.cv[i], 1e-14));
  for (std::size_t i = 0; i < plain.jacobian.size(); ++i)
    CHECK(simple.jacobian[i] == near(plain.jacobian[i], 1e-14));
}

TEST_CASE(
    "a scaling is not folded into a large matrix of single precision, which double keeps at half width") {
  Plan plan(301);
  plan.affine(plan.scaleShift(0), 133);
  Network exact = plan.network;
  for (double& element : exact.steps.back().matrix) element = static_cast<float>(element);
  Network folded = exact;
  simplify(folded);
  CHECK(folded.steps.size() == 2);
  // with elements that single precision cannot hold there is nothing to keep
  exact.steps.back().matrix[5] = 0.1;
  Network whole = exact;
  simplify(whole);
  CHECK(whole.steps.size() == 1);
}

TEST_CASE("a bottleneck is not multiplied out, and a value read twice is not folded away") {
  Plan narrow(20);
  narrow.affine(narrow.affine(0, 1), 20);
  simplify(narrow.network);
  CHECK(narrow.network.steps.size() == 2);
  Network network = branching();
  const std::size_t before = network.steps.size();
  simplify(network);
  CHECK(network.steps.size() == before - 1);
  compareWithDifferences(network);
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
