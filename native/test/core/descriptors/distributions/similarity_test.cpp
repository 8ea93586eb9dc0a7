#include "five_atoms_in_boxes.h"

namespace {

/** A simple cubic lattice of 4 × 4 × 4 atoms, and its six neighbours. */
constexpr double edge = 0.3;
const char* const cubic = " environment 0.3 0 0 -0.3 0 0 0 0.3 0 0 -0.3 0 0 0 0.3 0 0 -0.3";

Numbers lattice() {
  Numbers at;
  for (int i = 0; i < 64; ++i)
    for (int step : {i % 4, i / 4 % 4, i / 16}) at.push_back(edge * step);
  return at;
}

std::string group() {
  std::string all;
  for (int i = 0; i < 64; ++i) all += " " + std::to_string(i);
  return all;
}

}  // namespace

TEST_CASE("atoms of a lattice are alike to it, those of another one are not") {
  const Numbers rows = {1.2, 0, 0, 0, 1.2, 0, 0, 0, 1.2};
  const std::string settings = " sigma 0.02 lambda 100",
                    other = " environment 0.15 0.15 0.15 -0.15 -0.15 -0.15";
  const Numbers found = valuesOf({"similarity" + group() + settings + cubic + " mean",
                                  "similarity" + group() + settings + other + " mean",
                                  "similarity" + group() + settings + cubic + other + " mean",
                                  "similarity" + group() + settings + cubic + " above 0.5"},
                                 lattice(), rows);
  // neighbours overlap with those beside them by exp(−0.18/(4 σ²)) only
  CHECK(found[0] == near(1, 1e-12));
  CHECK(found[1] == near(0, 1e-4));
  // the largest of the two, smooth: ln(exp(100) + 1)/100
  CHECK(found[2] == near(1, 1e-4));
  CHECK(found[3] == near(std::pow(2.0, 12) / (1 + std::pow(2.0, 12)), 1e-12));
}

TEST_CASE("derivatives of similarities by atoms and box, against central differences") {
  const std::string first = " environment 0.2 0.3 0 -0.3 0.1 0.1 0 -0.2 0.3",
                    second = " environment 0.3 -0.2 0 0.1 0.3 0.1";
  compareInBoxes({"similarity 0 1 2 3 4 sigma 0.05 lambda 5" + first + " mean",
                  "similarity 0 1 2 3 4 sigma 0.05 lambda 5" + first + " above 0.1",
                  "similarity 0 1 2 3 4 sigma 0.05 lambda 5" + first + second + " mean",
                  "similarity 0 1 2 3 4 sigma 0.05 lambda 5" + first + second + " above 0.3",
                  "similarity 0 1 3 / 2 4 1 sigma 0.05 lambda 20" + second + first + " mean"},
                 true);
}

TEST_CASE("lines of similarities that are wrong are refused") {
  expectRefused("similarity 0 1 2 sigma 0.05 lambda 5 mean", "environment with the three coordinates");
  expectRefused("similarity 0 1 2 sigma 0.05 lambda 5 environment 0 1 mean", "environment with the three");
  expectRefused("similarity 0 1 2 lambda 5 environment 0 1 0 mean", "expected sigma and a number above 0");
  expectRefused("similarity 0 1 2 sigma 0.05 lambda 5 environment 0 1 0", "and one statistic");
  expectRefused("similarity 0 1 2 sigma 0.05 lambda 5 environment 0 1 0 above 0",
                "above and a number above 0");
}
