#include "descriptors/line.h"
#include "descriptors/switching_function.h"
#include "water.h"

namespace {

constexpr std::size_t waters = 200;

// three sites among 200 oxygens, and some of these within themselves; one small enough to need no list
const Lines lines = {"coordination 0 1 /" + atomsFrom(3, waters) + " rational 0.35 0 6 12 0.8",
                     "coordination 2 / 3 4 5 rational 0.35 0 6 12 0.8",
                     "coordination 2 /" + atomsFrom(3, waters) + " rational 0.3 0.05 6 10 0.7",
                     "coordination 2 /" + atomsFrom(0, waters) + " gaussian 0.3 0 0.9",
                     "coordination" + atomsFrom(100, 140) + " fermi 0.35 20 0.6"};

const Numbers cubic = {1.9, 0, 0, 0, 2, 0, 0, 0, 2.1}, skewed = {2, 0, 0, 0.9, 1.9, 0, -0.8, 0.7, 1.8};

/** The same lines with one pair each, added up. */
Numbers byContacts(const Numbers& at, const Box& box) {
  Numbers sums;
  for (const std::string& text : lines) {
    const latentcv::DescriptorLine line = latentcv::readDescriptorLine(text, waters);
    const latentcv::SwitchingFunction function(line);
    double sum = 0;
    for (const latentcv::AtomPair& pair : line.pairs())
      sum += function.at(std::sqrt(squaredDistance(at, box, pair.first, pair.second))).value;
    sums.push_back(sum);
  }
  return sums;
}

double worst(const Numbers& a, const Numbers& b) {
  double most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

}  // namespace

TEST_CASE("coordinations by a list are the sums over all pairs, at every step of walks in changing boxes") {
  for (const Numbers& rows : {Numbers{}, cubic, skewed}) {
    Walkers walkers(waters, rows, 2, 11);
    Descriptors descriptors(lines, waters, true);
    double most = 0;
    for (int step = 0; step < 1000; ++step) {
      walkers.step(0.003);
      walkers.breathe(1e-4);
      most = std::max(most, worst(evaluate(descriptors, walkers.positions(), walkers.box()),
                                  byContacts(walkers.positions(), walkers.box())));
    }
    CHECK(most < 1e-12);
  }
}

TEST_CASE("coordinations by a list: gradients and virial against central differences, in every box") {
  constexpr double h = 1e-6;
  for (const Numbers& rows : {Numbers{}, cubic, skewed}) {
    const Walkers walkers(waters, rows, 2, 12);
    const Numbers& at = walkers.positions();
    Descriptors descriptors(lines, waters, true);
    for (std::size_t d = 0; d < lines.size(); ++d) {
      const Derivatives exact = derivatives(descriptors, d, at, boxOf(rows));
      const auto slope = [&](const Numbers& up, const Numbers& upRows, const Numbers& down,
                             const Numbers& downRows) {
        return (evaluate(descriptors, up, boxOf(upRows))[d] -
                evaluate(descriptors, down, boxOf(downRows))[d]) /
               (2 * h);
      };
      for (std::size_t i = 0; i < at.size(); i += i < 9 ? 1 : 7) {
        Numbers up = at, down = at;
        up[i] += h;
        down[i] -= h;
        CHECK(exact.positions[i] == near(slope(up, rows, down, rows), 1e-7));
      }
      for (int a = 0; a < 3; ++a)
        for (int b = 0; b < 3; ++b)
          CHECK(exact.box[3 * a + b] == near(-slope(strained(at, a, b, h), strained(rows, a, b, h),
                                                    strained(at, a, b, -h), strained(rows, a, b, -h)),
                                             1e-6));
    }
  }
}

TEST_CASE("groups of more pairs than memory has room for are taken with a cutoff, and only so") {
  const std::string many = "coordination" + atomsFrom(0, 6000);
  CHECK_THROWS_WITH(Descriptors({many + " gaussian 0.3 0"}, 6000, true),
                    contains("at most 16777216 pairs of atoms"));
  Walkers walkers(6000, {4, 0, 0, 0, 4, 0, 0, 0, 4}, 4, 13);
  Descriptors descriptors({many + " rational 0.2 0 6 12 0.3"}, 6000, true);
  double sum = 0;
  const latentcv::SwitchingFunction function(
      latentcv::readDescriptorLine("contact 0 1 rational 0.2 0 6 12 0.3", 2));
  for (std::size_t i = 0; i < 6000; ++i)
    for (std::size_t j = i + 1; j < 6000; ++j)
      sum += function.atSquared(squaredDistance(walkers.positions(), walkers.box(), i, j)).value;
  CHECK(evaluate(descriptors, walkers.positions(), walkers.box())[0] == near(sum, 1e-8));
  // all in one place
  std::fill(walkers.positions().begin(), walkers.positions().end(), 1.0);
  CHECK_THROWS_WITH(evaluate(descriptors, walkers.positions(), walkers.box()),
                    contains("expected at most 16777216 pairs of atoms within DMAX of each other"));
}
