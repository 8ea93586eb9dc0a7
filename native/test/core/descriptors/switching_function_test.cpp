#include "descriptors/switching_function.h"

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

TEST_CASE("with DMAX a switching function is stretched to be 1 at contact and 0 there, and stays 0") {
  const struct {
    const char *line, *plain;
    double cutoff;
  } cases[] = {{"contact 0 1 rational 0.3 0 6 12 0.8", "contact 0 1 rational 0.3 0 6 12", 0.8},
               {"contact 0 1 rational 0.3 0.1 6 10 0.5", "contact 0 1 rational 0.3 0.1 6 10", 0.5},
               {"contact 0 1 gaussian 0.3 0.1 0.9", "contact 0 1 gaussian 0.3 0.1", 0.9},
               {"contact 0 1 fermi 0.3 20 0.6", "contact 0 1 fermi 0.3 20", 0.6}};
  for (const auto& each : cases) {
    const double last = valueOf(each.plain, {0, 0, 0, 0, 0, each.cutoff});
    for (double part : {0.1, 0.35, 0.5, 0.9, 0.999999}) {
      const Numbers at = {0, 0, 0, 0, 0, part * each.cutoff};
      CHECK(valueOf(each.line, at) == near((valueOf(each.plain, at) - last) / (1 - last), 1e-14));
    }
    CHECK(valueOf(each.line, {0, 0, 0, 0, 0, each.cutoff}) == near(0, 1e-15));
    CHECK(valueOf(each.line, {0, 0, 0, 0, 0, each.cutoff * (1 + 1e-12)}) == 0);
    CHECK(valueOf(each.line, {0, 0, 0, 0, 0, 1e9}) == 0);
  }
  for (const char* bad : {"contact 0 1 rational 0.3 0.1 6 12 0.1", "contact 0 1 gaussian 0.3 0 -1",
                          "contact 0 1 fermi 0.9 1e9 0.5", "contact 0 1 rational 0.3 0 6 12 0"})
    CHECK_THROWS_WITH(Descriptors({bad}, 2, true),
                      contains("expected DMAX where the switching function is below 1"));
  CHECK_THROWS_WITH(Descriptors({"contact 0 1 gaussian 0.3 0 1 2"}, 2, true),
                    contains("gaussian R0 D0, or fermi R0 BETA; then, if there is one, DMAX"));
}

TEST_CASE("the cubic one falls from 1 at D0 to 0 at DMAX without a step in its slope") {
  for (double r : {0.05, 0.4, 0.42, 0.49, 0.5, 0.500001, 3.0}) {
    const double y = std::min(std::max((r - 0.4) / 0.1, 0.0), 1.0);
    CHECK(valueOf("contact 0 1 cubic 0.4 0.5", {0, 0, 0, 0, 0, r}) ==
          near((1 - y) * (1 - y) * (1 + 2 * y), 1e-15));
  }
  const latentcv::SwitchingFunction function(latentcv::readDescriptorLine("contact 0 1 cubic 0.4 0.5", 2));
  CHECK(function.cutoff() == 0.5);
  CHECK(function.at(0.45).value == near(0.5, 1e-14));
  CHECK(function.at(0.45).slope == near(-15, 1e-12));
  CHECK(function.at(0.4).slope == 0);
  CHECK(function.at(0.5).slope == near(0, 1e-13));
}

TEST_CASE("a switching function of a squared distance is that of the distance") {
  for (const char* text :
       {"contact 0 1 rational 0.3 0 6 12", "contact 0 1 rational 0.3 0 6 12 0.8",
        "contact 0 1 rational 0.3 0 2 4", "contact 0 1 rational 1e-9 0 500 1000",
        "contact 0 1 rational 0.3 0 7 14 0.8", "contact 0 1 rational 0.3 0.1 6 12 0.8",
        "contact 0 1 gaussian 0.3 0 0.8", "contact 0 1 cubic 0.2 0.8", "contact 0 1 fermi 0.3 9 0.8"}) {
    const latentcv::SwitchingFunction function(latentcv::readDescriptorLine(text, 2));
    for (double r : {1e-5, 0.05, 0.29, 0.3, 0.31, 0.5, 0.79, 0.81, 7.0}) {
      const auto expected = function.at(r), squared = function.atSquared(r * r);
      CHECK(squared.value == near(expected.value, 1e-14));
      CHECK(squared.slope * r == near(expected.slope, 1e-13 * (1 + std::abs(expected.slope))));
    }
    CHECK(function.atSquared(0).value == near(function.at(0).value, 1e-15));
    CHECK(std::isfinite(function.atSquared(0).slope));
  }
}
