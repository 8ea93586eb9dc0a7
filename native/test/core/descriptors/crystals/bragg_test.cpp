#include <complex>

#include "crystal.h"

namespace {

/** |Σ exp(2πi h·f)|/N. */
double structureFactor(const Crystal& crystal, const Numbers& hkl) {
  const Numbers& rows = crystal.rows;
  // the plane's reciprocal vector: its product with box vector i is hkl[i]
  const auto crossed = [&](int i, int j, int c) {
    const int d = (c + 1) % 3, e = (c + 2) % 3;
    return rows[3 * i + d] * rows[3 * j + e] - rows[3 * i + e] * rows[3 * j + d];
  };
  double volume = 0, wave[3];
  for (int c = 0; c < 3; ++c) volume += rows[c] * crossed(1, 2, c);
  for (int c = 0; c < 3; ++c)
    wave[c] =
        2 * pi * (hkl[0] * crossed(1, 2, c) + hkl[1] * crossed(2, 0, c) + hkl[2] * crossed(0, 1, c)) / volume;
  std::complex<double> sum = 0;
  const Numbers& at = crystal.positions;
  for (std::size_t i = 0; i < at.size(); i += 3)
    sum += std::polar(1.0, wave[0] * at[i] + wave[1] * at[i + 1] + wave[2] * at[i + 2]);
  return std::abs(sum) / (static_cast<double>(at.size()) / 3);
}

}  // namespace

TEST_CASE("bragg: 1 at the reflections of a perfect crystal, 0 between") {
  const Crystal crystal = faceCentred(3, 0.54);
  Descriptors descriptors({"bragg 0-107 hkl 3 3 3", "bragg 0-107 hkl 6 0 0", "bragg 0-107 hkl 3 0 0",
                           "bragg 0-107 hkl 3 3 3 -3 3 3 3 -3 3 1 0 0"},
                          108, true);
  const Numbers found = evaluate(descriptors, crystal.positions, boxOf(crystal.rows));
  const Numbers expected = {1, 1, 0, 0.75};
  for (std::size_t i = 0; i < 4; ++i) CHECK(found[i] == near(expected[i], 1e-13));
}

TEST_CASE("bragg: values of a disordered crystal are those of the sum, in any box, whatever the images") {
  for (bool sheared : {false, true}) {
    const Crystal crystal = disordered(faceCentred(3, 0.54), 0.06, sheared);
    const std::vector<Numbers> planes = {{3, 3, 3}, {-3, 3, 3}, {6, 0, 0}, {0, -2, 5}, {12, -11, 64}};
    double sum = 0;
    for (const Numbers& hkl : planes) {
      std::string words;
      for (double n : hkl) words += " " + std::to_string(static_cast<int>(n));
      Descriptors descriptors({"bragg 0-107 hkl" + words}, 108, true);
      const double expected = structureFactor(crystal, hkl);
      CHECK(evaluate(descriptors, crystal.positions, boxOf(crystal.rows))[0] == near(expected, 2e-13));
      sum += expected;
    }
    Descriptors mean({"bragg 0-107 hkl 3 3 3 -3 3 3 6 0 0 0 -2 5 12 -11 64"}, 108, true);
    CHECK(evaluate(mean, crystal.positions, boxOf(crystal.rows))[0] == near(sum / 5, 2e-13));
  }
}

TEST_CASE("bragg: derivatives against central differences; none by the box") {
  const Lines lines = {"bragg 0-107 hkl 3 3 3", "bragg 0-107 hkl 6 0 0 0 -6 0 0 0 6",
                       "bragg 3 7 1 50-60:2 hkl 1 -2 1"};
  for (bool sheared : {false, true}) {
    const Crystal crystal = disordered(faceCentred(3, 0.54), 0.06, sheared);
    compareWithDifferences(lines, crystal, 1e-9);
    Descriptors descriptors(lines, 108, true);
    for (double g : derivatives(descriptors, 1, crystal.positions, boxOf(crystal.rows)).box) CHECK(g == 0);
  }
}

TEST_CASE("bragg: where the waves cancel, the derivative is zero, and without a box there is no value") {
  const Numbers at = {0, 0, 0, 0.5, 0, 0}, rows = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  Descriptors descriptors({"bragg 0 1 hkl 0 0 1", "bragg 0 1 hkl 1 0 0"}, 2, true);
  CHECK(evaluate(descriptors, at, boxOf(rows))[1] == 0);
  for (double g : derivatives(descriptors, 1, at, boxOf(rows)).positions) CHECK(g == 0);
  CHECK_THROWS_WITH(evaluate(descriptors, at, Box()),
                    contains("expected a periodic box, as Miller indices of bragg"));
}

TEST_CASE("bragg: lines that are wrong are refused") {
  for (const char* line : {"bragg 0 1", "bragg 0 1 hkl", "bragg 0 1 hkl 1 1", "bragg 0 1 hkl 1 1 0.5",
                           "bragg 0 1 hkl 1 1 65", "bragg 0 1 hkl 1 1 1 0 0 0", "bragg 0 1 hkl 1 1 1 1"})
    CHECK_THROWS_WITH(Descriptors({line}, 2, true),
                      contains("expected hkl and three whole numbers from -64 to 64"));
  CHECK_THROWS_WITH(Descriptors({"bragg 0 1 hkl 1 1 1 mean"}, 2, true),
                    contains("expected numbers behind the option"));
  CHECK_THROWS_WITH(Descriptors({"bragg hkl 1 1 1"}, 2, true),
                    contains("expected one group of at least one atom"));
}
