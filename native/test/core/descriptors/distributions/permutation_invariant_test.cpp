#include "five_atoms_in_boxes.h"

TEST_CASE("a permutation invariant vector is the switched distances, sorted, scaled by the volume") {
  const double volume = 2 * 2.2 * 2.4, edge = std::cbrt(5 / volume);
  for (int rank = 0; rank < 10; ++rank) {
    const std::string end = " rank " + std::to_string(rank);
    const Numbers found =
        valuesOf({"piv 0 1 2 3 4 gaussian 0.4 0" + end, "piv 0 1 2 3 4 gaussian 0.4 0" + end + " volume 5",
                  "sorted-distance 0 1 2 3 4" + end},
                 positions, boxes[1]);
    CHECK(found[0] == near(std::exp(-std::pow(found[2] / 0.4, 2) / 2), 1e-14));
    CHECK(found[1] == near(std::exp(-std::pow(edge * found[2] / 0.4, 2) / 2), 1e-14));
  }
}

TEST_CASE("a scaled vector is the same in a system that is larger as a whole") {
  Numbers larger = positions, rows = boxes[2];
  for (double& x : larger) x *= 1.3;
  for (double& x : rows) x *= 1.3;
  const Lines lines = {"piv 0 1 2 3 4 rational 0.4 0 6 12 rank 1 volume 6",
                       "piv 0 1 / 2 3 4 fermi 0.4 9 rank 3 volume 6"};
  const Numbers expected = valuesOf(lines, positions, boxes[2]), found = valuesOf(lines, larger, rows);
  for (std::size_t i = 0; i < lines.size(); ++i) CHECK(found[i] == near(expected[i], 1e-13));
}

TEST_CASE("derivatives of a permutation invariant vector by atoms and box, against central differences") {
  compareInBoxes({"piv 0 1 2 3 4 rational 0.5 0 6 12 rank 0", "piv 0 1 2 3 4 rational 0.5 0 6 12 rank 3",
                  "piv 0 2 / 1 3 4 gaussian 0.6 0.1 rank 2"},
                 true);
  compareInBoxes({"piv 0 1 2 3 4 rational 0.5 0 6 12 rank 1 volume 8",
                  "piv 0 1 2 3 4 rational 0.5 0 6 12 rank 2 volume 8",
                  "piv 0 2 / 1 3 4 gaussian 0.6 0.1 rank 2 volume 12"},
                 false);
}

TEST_CASE("permutation invariant vectors whose line or box is wrong are refused") {
  expectRefused("piv 0 1 2 gaussian 0.5 0", "rank and a number from 0 to 3 (exclusive)");
  expectRefused("piv 0 1 2 gaussian 0.5 0 rank 3", "rank and a number from 0 to 3 (exclusive)");
  expectRefused("piv 0 1 2 gaussian 0.5 0 rank 1 volume 0", "volume and a number above 0");
  expectRefused("piv 0 1 2 rank 1", "expected a switching function");
  CHECK_THROWS_WITH(valuesOf({"piv 0 1 2 gaussian 0.5 0 rank 1 volume 5"}, positions, boxes[0]),
                    contains("expected a periodic box for piv"));
}
