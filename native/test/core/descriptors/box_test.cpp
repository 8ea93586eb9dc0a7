#include "latentcv/box.h"

#include <random>

#include "testing.h"

using latentcv::Box;
using latentcv::Vector3;

namespace {

double squared(const Vector3& v) { return v[0] * v[0] + v[1] * v[1] + v[2] * v[2]; }

/** The shortest image by trying every shift up to `reach` box vectors. */
double bruteForce(const Vector3& d, const std::vector<double>& rows, int reach) {
  double best = squared(d);
  for (int a = -reach; a <= reach; ++a)
    for (int b = -reach; b <= reach; ++b)
      for (int c = -reach; c <= reach; ++c) {
        Vector3 v = d;
        for (int i = 0; i < 3; ++i) v[i] += a * rows[i] + b * rows[3 + i] + c * rows[6 + i];
        best = std::min(best, squared(v));
      }
  return best;
}

void compareWithBruteForce(const std::vector<double>& rows, int reach) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> uniform(-3, 3);
  const Box box(rows.data());
  for (int trial = 0; trial < 300; ++trial) {
    const Vector3 d = {uniform(random), uniform(random), uniform(random)};
    CHECK(squared(box.minimumImage(d)) == near(bruteForce(d, rows, reach), 1e-12));
  }
}

}  // namespace

TEST_CASE("without a box a difference stays as it is") {
  const Vector3 d = Box().minimumImage({10, -20, 30});
  CHECK((d[0] == 10 && d[1] == -20 && d[2] == 30));
  const double zero[9] = {};
  CHECK(!Box(zero).periodic());
}

TEST_CASE("orthorhombic boxes give the shortest image") {
  compareWithBruteForce({2, 0, 0, 0, 1.5, 0, 0, 0, 3}, 4);
}

TEST_CASE("a truncated octahedron gives the shortest image") {
  compareWithBruteForce({2, 0, 0, 0.6667, 1.8856, 0, -0.6667, 0.9428, 1.6330}, 5);
}

TEST_CASE("strongly tilted boxes, which are not reduced, give the shortest image") {
  compareWithBruteForce({1.5, 0, 0, 1.4, 1.2, 0, 2.1, -1.7, 1.1}, 12);
  compareWithBruteForce({1, 0.3, 0, 0, 1, 0.5, 2, 2, 2.5}, 12);
}

// Each two of its vectors are as short as they get by each other (cosine −0.49), but their sum is the
// shortest of all: |a + b + c|² = 3 − 6 · 0.49 = 0.06. Reduced in pairs alone it is not reduced.
TEST_CASE("a box that only a step along two vectors at once reduces gives the shortest image") {
  const double g = -0.49, height = std::sqrt(1 - g * g), y = (g - g * g) / height,
               z = std::sqrt(1 - g * g - y * y);
  compareWithBruteForce({1, 0, 0, g, height, 0, g, y, z}, 20);
}

TEST_CASE("a box of numbers that are not finite does not hang") {
  const double nan = std::nan("");
  const double rows[9] = {nan, 0, 0, 0.1, nan, 0, 0, 0.1, nan};
  Box(rows).minimumImage({1, 2, 3});
  const double infinite[9] = {INFINITY, 0, 0, 0.1, 2, 0, 0, 0, 3};
  Box(infinite).minimumImage({1, 2, 3});
}
