#include "latentcv/descriptors.h"

#include "testing.h"

using latentcv::Box;
using latentcv::Descriptors;

namespace {

const std::vector<std::string> lines = {"distance 0 1", "distance 2 0", "distance 1 3"};
const std::vector<double> weights = {0.7, -1.3, 0.4};
// the third atom is an image away from the others in the boxes below
const std::vector<double> positions = {0.1, 0.2, 0.3, 0.4, -0.1, 0.25, 1.9, 1.8, -0.4, 0.3, 0.9, 1.2};

const std::vector<double> cubic = {2, 0, 0, 0, 2.2, 0, 0, 0, 2.4};
const std::vector<double> triclinic = {2, 0, 0, 0.9, 1.9, 0, -0.8, 0.7, 1.8};

/** Σ weights · value. */
double weighted(Descriptors& descriptors, const std::vector<double>& at, const Box& box) {
  std::vector<double> values(descriptors.count());
  descriptors.evaluate(at.data(), box, values.data());
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) sum += weights[i] * values[i];
  return sum;
}

Box boxOf(const std::vector<double>& rows) { return rows.empty() ? Box() : Box(rows.data()); }

/** r_b += ε · r_a for atoms and box vectors: the strain whose derivative is minus the box gradient. */
std::vector<double> strained(std::vector<double> vectors, int a, int b, double epsilon) {
  for (std::size_t i = 0; i < vectors.size(); i += 3) vectors[i + b] += epsilon * vectors[i + a];
  return vectors;
}

void compareWithDifferences(const std::vector<double>& rows) {
  Descriptors descriptors(lines, 4, true);
  const Box box = boxOf(rows);
  std::vector<double> gradient(12), boxGradient(9);
  weighted(descriptors, positions, box);
  descriptors.pullBack(weights.data(), gradient.data(), boxGradient.data());
  const double h = 1e-6;
  for (int i = 0; i < 12; ++i) {
    std::vector<double> up = positions, down = positions;
    up[i] += h;
    down[i] -= h;
    CHECK(gradient[i] ==
          near((weighted(descriptors, up, box) - weighted(descriptors, down, box)) / (2 * h), 1e-9));
  }
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < 3; ++b) {
      const double up = weighted(descriptors, strained(positions, a, b, h), boxOf(strained(rows, a, b, h)));
      const double down =
          weighted(descriptors, strained(positions, a, b, -h), boxOf(strained(rows, a, b, -h)));
      CHECK(boxGradient[3 * a + b] == near(-(up - down) / (2 * h), 1e-9));
    }
}

}  // namespace

TEST_CASE("distances: gradients and virial without a box") { compareWithDifferences({}); }
TEST_CASE("distances: gradients and virial in an orthorhombic box") { compareWithDifferences(cubic); }
TEST_CASE("distances: gradients and virial in a triclinic box") { compareWithDifferences(triclinic); }

TEST_CASE("distances: values by hand, across the boundary and not") {
  const std::vector<double> at = {0, 0, 0, 1.9, 0, 0};
  double value;
  Descriptors wrapped({"distance 0 1"}, 2, true), open({"distance 0 1"}, 2, false);
  wrapped.evaluate(at.data(), Box(cubic.data()), &value);
  CHECK(value == near(0.1, 1e-15));
  open.evaluate(at.data(), Box(cubic.data()), &value);
  CHECK(value == near(1.9, 1e-15));
}

TEST_CASE("two atoms in one place have distance 0 and derivative 0") {
  const std::vector<double> at = {1, 2, 3, 1, 2, 3};
  double value, weight = 1;
  std::vector<double> gradient(6, 99), boxGradient(9, 99);
  Descriptors descriptors({"distance 0 1"}, 2, true);
  descriptors.evaluate(at.data(), Box(), &value);
  descriptors.pullBack(&weight, gradient.data(), boxGradient.data());
  CHECK(value == 0);
  for (double g : gradient) CHECK(g == 0);
  for (double g : boxGradient) CHECK(g == 0);
}

TEST_CASE("lines that are no descriptor are refused by number") {
  CHECK_THROWS_WITH(Descriptors({"distance 0 1", "dihedral 0 1 2"}, 3, true),
                    contains("line 2 of latentcv.descriptors"));
  CHECK_THROWS_WITH(Descriptors({"dihedral 0 1 2"}, 3, true),
                    contains("one of the descriptors this version knows (distance, distance-x, "));
  CHECK_THROWS_WITH(Descriptors({"distance 0"}, 3, true),
                    contains("expected 2 atoms after distance but received \"distance 0\""));
  CHECK_THROWS_WITH(Descriptors({"distance 0 3"}, 3, true), contains("atoms from 0 to 3 (exclusive)"));
  CHECK_THROWS_WITH(Descriptors({"distance 0 -1"}, 3, true), contains("atoms from 0 to 3 (exclusive)"));
  CHECK_THROWS_WITH(Descriptors({"distance 0 1 x"}, 3, true), contains("expected 2 atoms after distance"));
  CHECK_THROWS_WITH(Descriptors({""}, 3, true), contains("line 1 of latentcv.descriptors"));
}
