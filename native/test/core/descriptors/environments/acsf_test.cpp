#include "../distributions/five_atoms_in_boxes.h"

TEST_CASE("symmetry functions of three atoms, by hand") {
  // a right angle at the first: legs of 0.3 and 0.4, 0.5 across
  const Numbers three = {0, 0, 0, 0.3, 0, 0, 0, 0.4, 0};
  const auto fading = [](double r) { return (std::cos(pi * r / 0.8) + 1) / 2; };
  const double legs = fading(0.3) * fading(0.4) * fading(0.5);
  const Numbers found =
      valuesOf({"acsf 0 / 1 2 cutoff 0.8 radial 0 0", "acsf 0 / 1 2 cutoff 0.8 radial 9 0.2",
                "acsf 0 / 1 2 cutoff 0.8 angular 2 3 1", "acsf 0 / 1 / 2 cutoff 0.8 angular 2 3 -1",
                "acsf 0-2 cutoff 0.8 angular 0 1 1", "acsf 0 1 / 2 cutoff 0.8 radial 0 0",
                "acsf 0 / 1 2 cutoff 0.45 angular 2 3 1"},
               three, {});
  CHECK(found[0] == near(fading(0.3) + fading(0.4), 1e-14));
  CHECK(found[1] == near(std::exp(-0.09) * fading(0.3) + std::exp(-0.36) * fading(0.4), 1e-14));
  // 2^(1 − 3) (1 ± 0)^3 exp(−2 (0.09 + 0.16 + 0.25))
  CHECK(found[2] == near(0.25 * std::exp(-1) * legs, 1e-14));
  CHECK(found[3] == near(0.25 * std::exp(-1) * legs, 1e-14));
  // cosines 0, 0.6 and 0.8, each atom once the middle
  CHECK(found[4] == near((1 + 1.6 + 1.8) / 3 * legs, 1e-14));
  CHECK(found[5] == near((fading(0.4) + fading(0.5)) / 2, 1e-14));
  // the two are farther from each other than that
  CHECK(found[6] == 0);
}

TEST_CASE("of no centres or neighbours there is nothing") {
  for (double value : valuesOf({"acsf 0-4 / cutoff 0.8 radial 0 0", "acsf / 0-4 cutoff 0.8 radial 0 0",
                                "acsf 0-4 / 0 1 / cutoff 0.8 angular 2 3 1"},
                               positions, boxes[2]))
    CHECK(value == 0);
}

TEST_CASE("what is not a number shows") {
  Numbers at = positions;
  at[4] = NAN;
  for (double value :
       valuesOf({"acsf 0-4 cutoff 0.9 radial 0 0", "acsf 0-4 cutoff 0.9 angular 2 4 -1"}, at, boxes[1]))
    CHECK(std::isnan(value));
}

TEST_CASE("derivatives of symmetry functions by atoms and box, against central differences") {
  compareInBoxes({"acsf 0-4 cutoff 0.9 radial 0 0", "acsf 0-4 cutoff 0.9 radial 20 0.4",
                  "acsf 0-4 cutoff 0.9 angular 2 1 1", "acsf 0-4 cutoff 0.9 angular 2 4 -1",
                  "acsf 0-4 cutoff 0.9 angular 0 2.5 1", "acsf 0-4 / 0 1 2 cutoff 0.9 angular 1 3 -1",
                  "acsf 0-4 / 0 1 / 2-4 cutoff 0.9 angular 2 4 -1",
                  "acsf 0 2 / 1 3 4 cutoff 0.9 radial 5 0.2", "acsf 0-4 / cutoff 0.9 radial 0 0"},
                 true);
}

TEST_CASE("symmetry functions whose line is wrong are refused") {
  for (const char* rest : {"radial 0 0", "cutoff 0 radial 0 0", "cutoff 0.8", "cutoff 0.8 radial -1 0",
                           "cutoff 0.8 radial 1 -1", "cutoff 0.8 angular 1 0.5 1", "cutoff 0.8 angular 1 1 0",
                           "cutoff 0.8 angular -1 1 1", "cutoff 0.8 radial 1 0 angular 1 1 1"})
    expectRefused((std::string("acsf 0-4 ") + rest).c_str(),
                  "expected cutoff and a number above 0, then radial");
  expectRefused("acsf 0 / 1 / 2 cutoff 0.8 radial 1 0", "for one group of neighbours");
  expectRefused("acsf 0 / 1 2 / 2 3 cutoff 0.8 angular 1 1 1", "two groups of neighbours that share no atom");
}
