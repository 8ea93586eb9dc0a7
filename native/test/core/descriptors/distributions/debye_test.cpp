#include "five_atoms_in_boxes.h"

TEST_CASE("Debye's formula with a window, of one pair and of all") {
  const Numbers pair = {0, 0, 0, 0.3, 0.4, 0};
  const auto sinc = [](double x) { return std::sin(x) / x; };
  const double wave = sinc(12 * 0.5) * sinc(pi * 0.5 / 0.9);
  // 1 + 2/N, and across groups 1/√(N_A N_B)
  CHECK(valueOf("debye 0 1 q 12 window 0.9", pair) == near(1 + wave, 1e-14));
  CHECK(valueOf("debye 0 / 1 q 12 window 0.9", pair) == near(wave, 1e-14));
  CHECK(valueOf("debye 0 1 q 12 window 0.4", pair) == near(1, 1e-14));
  // small arguments, where sin(x)/x is a series
  CHECK(valueOf("debye 0 1 q 0.02 window 200", pair) == near(1 + sinc(0.01) * sinc(pi * 0.5 / 200), 1e-14));
  CHECK(valueOf("debye 0 1 q 0.0198 window 200", pair) ==
        near(1 + sinc(0.0099) * sinc(pi * 0.5 / 200), 1e-14));
}

TEST_CASE("derivatives of Debye's formula by atoms and box, against central differences") {
  compareInBoxes(
      {"debye 0 1 2 3 4 q 9 window 0.9", "debye 0 1 2 3 4 q 14 window 0.9", "debye 0 1 2 3 4 q 14 window 0.8",
       "debye 0 1 3 / 4 2 1 q 6 window 0.9", "debye 0 1 2 3 4 q 0.005 window 0.9"},
      true);
}

TEST_CASE("lines of Debye's formula that are wrong are refused") {
  expectRefused("debye 0 1 2 q 9", "expected q and a number above 0, then window and a number above 0");
  expectRefused("debye 0 1 2 q 0 window 0.9", "expected q and a number above 0");
  expectRefused("debye 0 1 2 q 9 8 window 0.9", "expected q and a number above 0");
}
