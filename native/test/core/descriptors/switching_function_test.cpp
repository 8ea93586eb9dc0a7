#include "five_atoms.h"

TEST_CASE("switching functions are their formulas, at contact, before, around and far beyond R0") {
  for (double r : {0.05, 0.2, 0.29, 0.4, 0.41, 3.0, 40.0}) {
    const Numbers at = {0, 0, 0, 0, 0, r};
    const long double x = (r - 0.1L) / 0.3L;
    const auto power = [&](int n) { return std::pow(x, static_cast<long double>(n)); };
    const long double ratio = x == 1 ? 6.L / 10 : (1 - power(6)) / (1 - power(10));
    CHECK(valueOf("contact 0 1 rational 0.3 0.1 6 10", at) == near(x < 0 ? 1 : double(ratio), 1e-14));
    CHECK(valueOf("contact 0 1 gaussian 0.3 0.1", at) ==
          near(x < 0 ? 1 : double(std::exp(-x * x / 2)), 1e-15));
    CHECK(valueOf("contact 0 1 fermi 0.3 20", at) == near(1 / (1 + std::exp(20 * (r - 0.3))), 1e-15));
  }
  CHECK(valueOf("contact 0 1 rational 1 0 6 12", {0, 0, 0, 0, 0, 1}) == near(0.5, 1e-15));
  // powers that overflow by themselves
  CHECK(valueOf("contact 0 1 rational 1e-9 0 6 1000", {0, 0, 0, 0, 0, 1e9}) == near(0, 0));
  CHECK(valueOf("contact 0 1 fermi 1 1e9", {0, 0, 0, 0, 0, 9}) == near(0, 0));
}
