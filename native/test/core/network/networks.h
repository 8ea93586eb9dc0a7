// Networks made by hand, and their derivatives against central differences.
#pragma once

#include <random>

#include "network/activations.h"
#include "network/native_evaluator.h"
#include "testing.h"

using namespace latentcv;

inline std::vector<double> randomNumbers(std::size_t count, unsigned seed, double scale = 1) {
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

inline Result evaluate(Evaluator& evaluator, const std::vector<double>& x) {
  Result result{std::vector<double>(evaluator.outputs()),
                std::vector<double>(evaluator.outputs() * evaluator.inputs())};
  evaluator.evaluate(x.data(), result.cv.data(), result.jacobian.data());
  return result;
}

/**
 * The Jacobian against central differences of the values, both in double;
 * vectorJacobian against the Jacobian.
 */
inline void compareWithDifferences(const Network& network, unsigned seed = 9) {
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

inline Network perceptron(const std::string& function, std::size_t outputs) {
  Plan plan(5);
  plan.affine(plan.activation(plan.affine(plan.activation(plan.affine(0, 9), function), 6), function),
              outputs);
  return plan.network;
}

/** residual + gating: values read more than once, as in x · sigmoid(x). */
inline Network branching() {
  Plan plan(4);
  const std::size_t h = plan.affine(0, 4);
  const std::size_t gate = plan.activation(h, "Sigmoid");
  const std::size_t silu = plan.add(StepKind::product, {h, gate}, 4);
  const std::size_t residual = plan.add(StepKind::sum, {silu, 0}, 4);
  const std::size_t square = plan.add(StepKind::product, {residual, residual}, 4);
  plan.affine(plan.scaleShift(square), 2);
  return plan.network;
}
