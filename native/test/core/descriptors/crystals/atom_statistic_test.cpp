#include "descriptors/crystals/atom_statistic.h"

#include "../five_atoms.h"

using latentcv::AtomStatistic;

namespace {

const Numbers values = {0.1, 0.4, 0.35, 0.2, -0.3};

AtomStatistic statistic(const std::string& words) {
  return AtomStatistic(latentcv::readDescriptorLine("some 0 1 cubic 0.4 0.5 " + words, 2));
}

double of(const std::string& words) { return statistic(words).of(values.data(), values.size()); }

}  // namespace

TEST_CASE("statistics of atoms' values: mean, central moments, and parts of the atoms, smeared out") {
  CHECK(of("mean") == near(0.15, 1e-15));
  double second = 0, third = 0, part = 0;
  for (double v : values) {
    second += std::pow(v - 0.15, 2) / 5;
    third += std::pow(v - 0.15, 3) / 5;
    part += (std::erf((0.38 - v) / (std::sqrt(2) * 0.1)) - std::erf((0.15 - v) / (std::sqrt(2) * 0.1))) / 10;
  }
  CHECK(of("moment 2") == near(second, 1e-15));
  CHECK(of("moment 3") == near(third, 1e-15));
  CHECK(of("bin 0.15 0.38 0.1") == near(part, 1e-15));
  // hardly smeared: two of five
  CHECK(of("bin 0.15 0.38 1e-4") == near(0.4, 1e-12));
}

TEST_CASE("their derivatives against central differences") {
  constexpr double h = 1e-6;
  for (const char* words : {"mean", "moment 2", "moment 3", "moment 8", "bin 0.15 0.38 0.1"}) {
    const AtomStatistic each = statistic(words);
    Numbers derivatives(5, 1.0);
    each.pullBack(2.5, values.data(), 5, derivatives.data());
    for (std::size_t i = 0; i < 5; ++i) {
      Numbers up = values, down = values;
      up[i] += h;
      down[i] -= h;
      const double slope = (each.of(up.data(), 5) - each.of(down.data(), 5)) / (2 * h);
      CHECK(derivatives[i] == near(1 + 2.5 * slope, 1e-8));
    }
  }
}

TEST_CASE("what is no statistic is refused") {
  for (const char* words : {"", "mean 1", "moment", "moment 1", "moment 2.5", "moment 9", "bin 0 1",
                            "bin 1 0 0.1", "bin 0 1 0", "median"})
    CHECK_THROWS_AS(statistic(words), latentcv::Malformed);
}
