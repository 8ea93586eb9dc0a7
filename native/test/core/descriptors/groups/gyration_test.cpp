// Radii of gyration: closed forms, wholeness, atoms in one place, and lines that are refused. Derivatives stand with the
// other kinds, in kinds_test.cpp.
#include "../five_atoms.h"

TEST_CASE("radii of gyration in closed form") {
  // a square of side 2: every corner √2 from its centre
  const Numbers square = {0, 0, 0, 2, 0, 0, 2, 2, 0, 0, 2, 0};
  CHECK(valueOf("gyration 0 1 2 3", square) == near(std::sqrt(2.0), 1e-15));
  // two masses m and M at distance d: d √(m M)/(m + M)
  CHECK(valueOf("gyration 0 1 weights 1 3", square) == near(2 * std::sqrt(3.0) / 4, 1e-15));
  CHECK(valueOf("gyration 0 1 weights 2 6", square) == near(2 * std::sqrt(3.0) / 4, 1e-15));
  // one that weighs nothing tells nothing
  CHECK(valueOf("gyration 0 1 2 weights 1 1 0", square) == near(1, 1e-15));
}

TEST_CASE("a chain longer than half the box is made whole atom by atom") {
  const Box box(Numbers{2, 0, 0, 0, 2, 0, 0, 0, 2}.data());
  const Numbers chain = {0.1, 0, 0, 0.8, 0, 0, 1.5, 0, 0, 0.2, 0, 0};  // the last at 2.2
  Descriptors whole({"gyration 0 1 2 3"}, 4, true), asGiven({"gyration 0 1 2 3"}, 4, false);
  CHECK(evaluate(whole, chain, box)[0] == near(0.7 * std::sqrt(1.25), 1e-14));
  CHECK(std::abs(evaluate(asGiven, chain, box)[0] - 0.7 * std::sqrt(1.25)) > 0.1);
}

TEST_CASE("atoms in one place have a radius of zero without a derivative") {
  expectFinite("gyration 0 1 2", {1, 2, 3, 1, 2, 3, 1, 2, 3}, 0, 0);
}

TEST_CASE("a gyration that cannot be is refused") {
  const auto refused = [](const char* line, const char* text) {
    CHECK_THROWS_WITH(Descriptors({line}, 5, true), contains(text));
  };
  refused("gyration", "expected one group of at least two atoms after gyration");
  refused("gyration 0", "expected one group of at least two atoms after gyration");
  refused("gyration 0 1 / 2 3", "expected one group of at least two atoms after gyration");
  refused("gyration 0 1 1", "expected different atoms");
  const char* weights = "expected weights and a number of at least 0 for each atom, not all 0";
  refused("gyration 0 1 masses 1 1", weights);
  refused("gyration 0 1 weights", weights);
  refused("gyration 0 1 weights 1", weights);
  refused("gyration 0 1 weights 1 -1", weights);
  refused("gyration 0 1 weights 0 0", weights);
  refused("gyration 0 1 weights 1e308 1e308", weights);
}
