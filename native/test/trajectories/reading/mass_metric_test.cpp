#include "reading/mass_metric.h"

#include <cmath>

#include "latentcv/error.h"
#include "testing.h"

using namespace latentcv;

namespace {

const std::vector<std::string> lines{"distance 0 1", "distance 1 2", "distance 3 4", "angle 0 1 2",
                                     "torsion 0 1 2 3"};
const std::vector<double> positions{0,    0,   0,    0.11,  0.02, 0,    0.16, 0.14,
                                    0.03, 0.3, 0.15, -0.02, 0.33, 0.28, 0.1};
const std::vector<double> inverseMasses{1, 0.5, 0.25, 1 / 12.0, 1 / 16.0};

std::vector<double> valuesAt(Descriptors& descriptors, const std::vector<double>& x) {
  std::vector<double> values(descriptors.count());
  descriptors.evaluate(x.data(), Box(), values.data());
  return values;
}

/** ∂d/∂x by central differences, [descriptors, atoms, 3]. */
std::vector<std::vector<double>> jacobian(Descriptors& descriptors) {
  std::vector<std::vector<double>> rows(descriptors.count(), std::vector<double>(positions.size()));
  constexpr double h = 1e-5;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    std::vector<double> moved = positions;
    moved[i] += h;
    const std::vector<double> above = valuesAt(descriptors, moved);
    moved[i] -= 2 * h;
    const std::vector<double> below = valuesAt(descriptors, moved);
    for (std::size_t d = 0; d < rows.size(); ++d) rows[d][i] = (above[d] - below[d]) / (2 * h);
  }
  return rows;
}

}  // namespace

TEST_CASE("products of mass-weighted gradients are those of central differences") {
  Descriptors descriptors(lines, 5, true);
  MetricPairs pairs;
  pairs.inverseMasses = inverseMasses;
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (std::size_t j = i; j < lines.size(); ++j) {
      pairs.first.push_back(i);
      pairs.second.push_back(j);
    }
  MassMetric metric(pairs, descriptors);
  const auto rows = jacobian(descriptors);
  std::vector<double> products(metric.count());
  valuesAt(descriptors, positions);
  metric.compute(descriptors, products.data());
  for (std::size_t p = 0; p < products.size(); ++p) {
    double expected = 0;
    for (std::size_t i = 0; i < positions.size(); ++i)
      expected += rows[pairs.first[p]][i] * rows[pairs.second[p]][i] * inverseMasses[i / 3];
    CHECK(products[p] == near(expected, 1e-6 * (1 + std::abs(expected))));
  }
  // of a distance with itself: 1/m₀ + 1/m₁, whatever the positions
  CHECK(products[0] == near(1.5, 1e-12));
}

TEST_CASE("only the pairs that are wanted are computed, in their order") {
  Descriptors descriptors(lines, 5, true);
  MassMetric metric({{3, 0}, {0, 0}, inverseMasses}, descriptors);
  std::vector<double> products(2);
  valuesAt(descriptors, positions);
  metric.compute(descriptors, products.data());
  CHECK(products[1] == near(1.5, 1e-12));
  CHECK(std::abs(products[0]) > 1e-3);
}

TEST_CASE("pairs of no descriptor and masses that are none are refused") {
  const Descriptors descriptors(lines, 5, true);
  CHECK_THROWS_AS(MassMetric({{0}, {5}, inverseMasses}, descriptors), Error);
  CHECK_THROWS_AS(MassMetric({{0}, {}, inverseMasses}, descriptors), Error);
  CHECK_THROWS_AS(MassMetric({{0}, {0}, {1, 1}}, descriptors), Error);
  CHECK_THROWS_AS(MassMetric({{0}, {0}, {1, 1, 1, 1, INFINITY}}, descriptors), Error);
}
