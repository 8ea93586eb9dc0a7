#include "five_atoms_in_boxes.h"

TEST_CASE("a radial distribution function counts each pair as a Gaussian, by the density") {
  // two atoms 0.5 apart in a box of 12.1: g(r) = V/(4 π r² N²) 2 exp(−(r − 0.5)²/(2 σ²))/√(2 π σ²)
  const Numbers pair = {0, 0, 0, 0.3, 0.4, 0}, rows = {2.2, 0, 0, 0, 2.2, 0, 0, 0, 2.5};
  const Numbers found = valuesOf(
      {"rdf 0 1 grid 0.8 0.05 8 bin 4", "rdf 0 1 grid 0.8 0.05 8 bin 5", "rdf 0 / 1 grid 0.8 0.05 8 bin 4"},
      pair, rows);
  const auto g = [](double r) {
    return 12.1 / (4 * pi * r * r * 4) * 2 * std::exp(-std::pow((r - 0.5) / 0.05, 2) / 2) /
           (std::sqrt(2 * pi) * 0.05);
  };
  CHECK(found[0] == near(g(0.45), 1e-12));
  CHECK(found[1] == near(g(0.55), 1e-12));
  // half as many pairs by a product of numbers of atoms that is a fourth
  CHECK(found[2] == near(2 * g(0.45), 1e-12));
}

TEST_CASE("a pair entropy is the integral over the radial distribution function") {
  // by the trapezium rule, g at each of its points from a grid of one bin with that middle
  const double rmax = 0.6, h = rmax / 60, volume = 2 * 2.2 * 2.4, density = 5 / volume;
  Numbers g;
  for (int k = 1; k <= 60; ++k) {
    g.push_back(valuesOf({"rdf 0 1 2 3 4 grid " + std::to_string(2 * k * h) + " 0.05 1 bin 0"}, positions,
                         boxes[1])[0]);
  }
  double integral = 0;
  for (int k = 1; k <= 60; ++k) {
    const double r = k * h, value = g[k - 1], logarithm = value > 0 ? std::log(value) : 0;
    integral += (k == 60 ? 0.5 : 1) * h * r * r * (value * logarithm - value + 1);
  }
  const double expected = -2 * pi * density * integral;
  CHECK(valuesOf({"pair-entropy 0 1 2 3 4 grid 0.6 0.05 60"}, positions, boxes[1])[0] ==
        near(expected, 1e-8));
}

TEST_CASE("derivatives of distributions of pairs by atoms and box, against central differences") {
  compareInBoxes({"rdf 0 1 2 3 4 grid 0.7 0.05 7 bin 3", "rdf 0 1 2 3 4 grid 0.7 0.05 7 bin 6",
                  "rdf 0 1 2 3 4 grid 0.7 0.05 7 bin 4", "rdf 0 1 3 / 2 4 1 grid 0.6 0.06 5 bin 4",
                  "pair-entropy 0 1 2 3 4 grid 0.6 0.06 20", "pair-entropy 0 1 3 / 2 4 1 grid 0.6 0.05 24"},
                 false);
}

TEST_CASE("distributions whose line or box is wrong are refused") {
  expectRefused("rdf 0 1 2 grid 0.7 0.05 7",
                "expected grid RMAX SIGMA BINS, RMAX and SIGMA above 0, then bin");
  expectRefused("rdf 0 1 2 grid 0.7 0.05 7 bin 7", "then bin and a number from 0 to BINS (exclusive)");
  expectRefused("rdf 0 1 2 grid 0.7 0 7 bin 1", "RMAX and SIGMA above 0");
  expectRefused("pair-entropy 0 1 2 grid 0.7 0.05 2.5", "grid RMAX SIGMA BINS");
  expectRefused("pair-entropy 0 1 2 grid 0.7 0.05 20 bin 3", "grid RMAX SIGMA BINS");
  CHECK_THROWS_WITH(valuesOf({"rdf 0 1 2 grid 0.7 0.05 7 bin 3"}, positions, boxes[0]),
                    contains("expected a periodic box for rdf, which compares with the density"));
}
