#include "networks.h"

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
