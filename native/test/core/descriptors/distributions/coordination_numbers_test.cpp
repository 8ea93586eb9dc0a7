#include "five_atoms_in_boxes.h"

namespace {

// of five atoms that are seen by the first four: by hand below
const Lines numbersOfAtoms = {
    "coordination 0 / 1 2 3 gaussian 0.4 0 0.9", "coordination 1 / 0 2 3 gaussian 0.4 0 0.9",
    "coordination 2 / 0 1 3 gaussian 0.4 0 0.9", "coordination 3 / 0 1 2 gaussian 0.4 0 0.9"};

double normalUpTo(double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; }

}  // namespace

TEST_CASE("mean, moments and bins of coordination numbers are those of each atom's") {
  for (const Numbers& rows : boxes) {
    const Numbers c = valuesOf(numbersOfAtoms, positions, rows);
    const double mean = (c[0] + c[1] + c[2] + c[3]) / 4;
    double second = 0, third = 0, share = 0;
    for (double number : c) {
      second += std::pow(number - mean, 2) / 4;
      third += std::pow(number - mean, 3) / 4;
      share += (normalUpTo((1.1 - number) / 0.2) - normalUpTo((0.3 - number) / 0.2)) / 4;
    }
    const Numbers found = valuesOf({"coordination-number 0 1 2 3 gaussian 0.4 0 0.9 mean",
                                    "coordination-number 0 1 2 3 gaussian 0.4 0 0.9 moment 2",
                                    "coordination-number 0 1 2 3 gaussian 0.4 0 0.9 moment 3",
                                    "coordination-number 0 1 2 3 gaussian 0.4 0 0.9 bin 0.3 1.1 0.2"},
                                   positions, rows);
    CHECK(found[0] == near(mean, 1e-14));
    CHECK(found[1] == near(second, 1e-14));
    CHECK(found[2] == near(third, 1e-14));
    CHECK(found[3] == near(share, 1e-14));
  }
}

TEST_CASE("those of one group's atoms by another's, an atom never by itself") {
  const Numbers found = valuesOf({"coordination-number 0 1 / 1 2 3 gaussian 0.4 0 0.9 mean",
                                  "coordination 0 1 / 1 2 3 gaussian 0.4 0 0.9"},
                                 positions, boxes[2]);
  CHECK(found[0] == near(found[1] / 2, 1e-14));
}

TEST_CASE("derivatives of what coordination numbers come to, against central differences") {
  compareInBoxes({"coordination-number 0 1 2 3 4 rational 0.5 0 6 12 0.9 mean",
                  "coordination-number 0 1 2 3 4 rational 0.5 0 6 12 0.9 moment 2",
                  "coordination-number 0 1 2 3 4 rational 0.5 0 6 12 0.9 moment 3",
                  "coordination-number 0 1 2 3 4 rational 0.5 0 6 12 0.9 bin 0.5 1.5 0.4",
                  "coordination-number 0 1 2 / 1 3 4 gaussian 0.4 0.02 0.9 bin 1.5 2.5 0.5",
                  "coordination-number 4 0 / 1 3 4 2 fermi 0.5 12 0.8 moment 4"},
                 true);
}

TEST_CASE("coordination numbers whose line or box is wrong are refused") {
  expectRefused("coordination-number 0 1 2 rational 0.5 0 6 12 mean",
                "expected a switching function with a cutoff");
  expectRefused("coordination-number 0 1 2 gaussian 0.5 0 0.9",
                "expected mean, moment and an order from 2 to 8");
  expectRefused("coordination-number 0 1 2 gaussian 0.5 0 0.9 mean moment 2",
                "expected one statistic behind");
  expectRefused("coordination-number 0 1 2 gaussian 0.5 0 0.9 moment 1", "moment and an order from 2");
  expectRefused("coordination-number 0 1 2 gaussian 0.5 0 0.9 bin 1 1 0.5", "LOWER < UPPER and SIGMA > 0");
  expectRefused("coordination-number 0 gaussian 0.5 0 0.9 mean", "one group of at least two atoms");
}
