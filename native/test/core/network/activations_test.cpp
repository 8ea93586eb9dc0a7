#include "network/activations.h"

#include "networks.h"

namespace {

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

}  // namespace

TEST_CASE("every activation: Jacobian of a two-layer network against central differences") {
  for (const ActivationKind& kind : activationKinds) compareWithDifferences(networkOf(kind.name, 2));
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
