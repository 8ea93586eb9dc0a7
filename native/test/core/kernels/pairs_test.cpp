// Kernels of difference vectors against Box, one pair at a time.
#include <algorithm>
#include <cmath>
#include <random>

#include "kernels/sets.h"
#include "testing.h"

using namespace latentcv;

namespace {

constexpr std::size_t atoms = 23;

std::vector<double> randomNumbers(std::size_t count, double scale, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(-scale, scale);
  std::vector<double> values(count);
  for (double& value : values) value = uniform(random);
  return values;
}

/** Three planes with the padding that kernels need. */
struct Storage {
  std::size_t stride;
  Buffer<double> numbers;

  explicit Storage(std::size_t count)
      : stride(padded<double>(count + pairPadding)), numbers(3 * stride, 0.0) {}
  Planes planes() { return {numbers.data(), numbers.data() + stride, numbers.data() + 2 * stride}; }
  double at(std::size_t i, int component) const {
    return numbers[static_cast<std::size_t>(component) * stride + i];
  }
};

/** Runs of 1 to 22 pairs, over each other's ends, and one of an atom with itself in it. */
std::vector<PairRun> runs() {
  std::vector<PairRun> all;
  std::size_t start = 0;
  for (std::size_t count = 1; count < atoms; ++count) {
    all.push_back({(5 * count) % atoms, atoms - count - count % 2, start, count});
    start += count;
  }
  return all;
}

void compareWithBox(const PairKernels& set, const Box& box) {
  const std::vector<PairRun> all = runs();
  const std::size_t count = all.back().start + all.back().count;
  const std::vector<double> coordinates = randomNumbers(3 * atoms, 4, 1),
                            weights = randomNumbers(count, 1, 2);
  Storage positions(atoms), differences(count), along(count), gradient(atoms);
  for (std::size_t i = 0; i < atoms; ++i)
    for (std::size_t c = 0; c < 3; ++c) positions.numbers[c * positions.stride + i] = coordinates[3 * i + c];
  Buffer<double> lengths(positions.stride + count, 0.0), inverses(lengths), scales(lengths);
  std::copy(weights.begin(), weights.end(), scales.begin());
  double products[6];
  set.subtract(all.data(), all.size(), positions.planes(), differences.planes());
  set.wrap(box.lattice(), count, differences.planes());
  set.measure(count, differences.planes(), lengths.data(), inverses.data());
  set.scale(count, scales.data(), differences.planes(), along.planes(), products);
  set.scatter(all.data(), all.size(), along.planes(), gradient.planes());

  std::vector<double> expected(3 * atoms, 0.0), expectedProducts(6, 0.0);
  for (const PairRun& run : all)
    for (std::size_t i = 0; i < run.count; ++i) {
      const std::size_t a = run.first, b = run.second + i, p = run.start + i;
      Vector3 d;
      for (std::size_t c = 0; c < 3; ++c) d[c] = coordinates[3 * b + c] - coordinates[3 * a + c];
      d = box.minimumImage(d);
      const double length = std::sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
      CHECK(lengths[p] == near(length, 1e-14));
      CHECK(inverses[p] == near(length > 0 ? 1 / length : 0, 1e-14 / (length > 0 ? length * length : 1)));
      int product = 0;
      for (int c = 0; c < 3; ++c) {
        const double force = weights[p] * d[static_cast<std::size_t>(c)];
        CHECK(differences.at(p, c) == near(d[static_cast<std::size_t>(c)], 1e-14));
        expected[3 * a + static_cast<std::size_t>(c)] -= force;
        expected[3 * b + static_cast<std::size_t>(c)] += force;
        for (int e = c; e < 3; ++e)
          expectedProducts[static_cast<std::size_t>(product++)] += force * d[static_cast<std::size_t>(e)];
      }
    }
  for (std::size_t i = 0; i < 3 * atoms; ++i)
    CHECK(gradient.at(i / 3, static_cast<int>(i % 3)) == near(expected[i], 1e-13));
  for (std::size_t i = 0; i < 6; ++i) CHECK(products[i] == near(expectedProducts[i], 1e-12));
}

/** Points that went a little, by whole box vectors too, against Box; and one whose place is no number. */
void compareMoves(const PairKernels& set, const Box& box) {
  const std::size_t many = 150;
  const std::vector<double> before = randomNumbers(3 * many, 4, 3);
  std::vector<double> now = randomNumbers(3 * many, 0.05, 4);
  for (std::size_t i = 0; i < 3 * many; ++i) {
    now[i] += before[i];
    // a few points leave at one side and come back at the other
    if (box.periodic() && i / 3 % 40 == 7)
      now[i] += 2 * box.rows()[0][i % 3] - box.rows()[1][i % 3] + box.rows()[2][i % 3];
  }
  for (std::size_t count = 0; count <= many; count += count < 20 ? 1 : 13) {
    double expected = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const double *a = before.data() + 3 * i, *b = now.data() + 3 * i;
      const Vector3 d = box.minimumImage({b[0] - a[0], b[1] - a[1], b[2] - a[2]});
      expected = std::max(expected, d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
    }
    // arrays of their own, so that a sanitizer sees what is read behind them
    const std::vector<double> from(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(3 * count)),
        to(now.begin(), now.begin() + static_cast<std::ptrdiff_t>(3 * count));
    CHECK(set.largestMove(box.lattice(), count, from.data(), to.data(), 0, 0.01) == near(expected, 1e-13));
    for (double enough : {0.3 * expected, 0.9 * expected, 1.1 * expected, 3.5 * expected})
      CHECK(set.largestMove(box.lattice(), count, from.data(), to.data(), enough, 0.01) ==
            near(std::max(enough, expected), 1e-13));
    if (count == 0) continue;
    std::vector<double> lost = to;
    lost[(7 * count) % (3 * count)] = std::nan("");
    CHECK(std::isnan(set.largestMove(box.lattice(), count, from.data(), lost.data(), 0.02, 0.02)));
  }
}

void checkSet(const PairKernels& set) {
  const double edges[] = {2.1, 0, 0, 0, 1.9, 0, 0, 0, 3.7};
  // far from its reduced basis, so that neighbours must be tried; and a truncated octahedron's
  const double skewed[] = {2, 0, 0, 1.9, 1.7, 0, -1.2, 2.3, 2.2};
  const double octahedron[] = {3, 0, 0, 1, 2.828427, 0, -1, 1.414214, 2.449490};
  compareWithBox(set, Box());
  compareWithBox(set, Box(edges));
  compareWithBox(set, Box(skewed));
  compareWithBox(set, Box(octahedron));
  for (const Box& box : {Box(), Box(edges), Box(skewed), Box(octahedron)}) compareMoves(set, box);
}

}  // namespace

TEST_CASE("pairs with 128-bit vectors") { checkSet(baseline::pairKernelSet()); }

#if defined(__x86_64__)
TEST_CASE("pairs with AVX2, where this processor has it") {
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) checkSet(avx2::pairKernelSet());
}

TEST_CASE("pairs with AVX-512, where this processor has it") {
  if (__builtin_cpu_supports("avx512f")) checkSet(avx512::pairKernelSet());
}
#endif
