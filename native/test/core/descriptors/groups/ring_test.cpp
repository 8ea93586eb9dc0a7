// Rings: closed forms of two hexagons, the normal's side, and what has no plane. Derivatives stand with the other kinds, in
// kinds_test.cpp.
#include "../five_atoms.h"

namespace {

/** A hexagon of radius 0.14 about a centre, tilted by this angle about x, counterclockwise seen from above where it is flat. */
void add(Numbers& at, const Numbers& centre, double tilt) {
  for (int j = 0; j < 6; ++j) {
    const double x = 0.14 * std::cos(pi * j / 3), y = 0.14 * std::sin(pi * j / 3);
    at.insert(at.end(), {centre[0] + x, centre[1] + y * std::cos(tilt), centre[2] + y * std::sin(tilt)});
  }
}

double measure(const std::string& kind, const Numbers& centre, double tilt) {
  Numbers at;
  add(at, {1, 2, 3}, 0);
  add(at, {1 + centre[0], 2 + centre[1], 3 + centre[2]}, tilt);
  return valueOf((kind + " 0 1 2 3 4 5 / 6 7 8 9 10 11").c_str(), at);
}

}  // namespace

TEST_CASE("two hexagons, displaced and tilted") {
  CHECK(measure("ring-distance", {0.3, 0.4, 1.2}, 0.7) == near(1.3, 1e-14));
  CHECK(measure("ring-cosine", {0, 0, 0.34}, 0.7) == near(std::cos(0.7), 1e-14));
  CHECK(measure("ring-cosine", {0, 0, 0.34}, 2.5) == near(std::cos(2.5), 1e-14));
  CHECK(measure("ring-cosine-squared", {0, 0, 0.34}, 2.5) == near(std::pow(std::cos(2.5), 2), 1e-14));
  // the first ring goes round counterclockwise seen from above: its normal points down
  CHECK(measure("ring-height", {0.3, 0.4, 1.2}, 0.7) == near(-1.2, 1e-14));
  CHECK(measure("ring-height", {0.3, 0.4, -1.2}, 0.7) == near(1.2, 1e-14));
  CHECK(measure("ring-offset", {0.3, 0.4, 1.2}, 0.7) == near(0.5, 1e-14));
}

TEST_CASE("a ring named from another of its atoms is the same, the other way round turns its normal") {
  Numbers at;
  add(at, {0, 0, 0}, 0.3);
  add(at, {0.1, 0.2, 0.35}, 0.9);
  const double straight = valueOf("ring-height 0 1 2 3 4 5 / 6 7 8 9 10 11", at);
  CHECK(valueOf("ring-height 2 3 4 5 0 1 / 6 7 8 9 10 11", at) == near(straight, 1e-14));
  CHECK(valueOf("ring-height 5 4 3 2 1 0 / 6 7 8 9 10 11", at) == near(-straight, 1e-14));
}

TEST_CASE("a perfect stack has no offset, and no derivative of it") {
  Numbers at;
  add(at, {0, 0, 0}, 0);
  add(at, {0, 0, 0.5}, 0);
  expectFinite("ring-offset 0 1 2 3 4 5 / 6 7 8 9 10 11", at, 0, 2);
}

TEST_CASE("atoms in line, or in one place, have no plane") {
  const char* text = "expected rings with a plane but the atoms of one lie in line";
  const Numbers good = {0, 0, 0, 1, 0, 0, 0, 1, 0};
  for (const Numbers& bad : {Numbers{0, 0, 0, 1, 1, 1, 2, 2, 2}, Numbers{1, 2, 3, 1, 2, 3, 1, 2, 3}}) {
    Numbers at = good;
    at.insert(at.end(), bad.begin(), bad.end());
    CHECK_THROWS_WITH(valueOf("ring-distance 0 1 2 / 3 4 5", at), contains(text));
  }
}

TEST_CASE("rings that cannot be are refused") {
  const auto refused = [](const char* line, const char* text) {
    CHECK_THROWS_WITH(Descriptors({line}, 6, true), contains(text));
  };
  const char* rings = "expected two rings of at least three atoms, with / between them, after ring-height";
  refused("ring-height 0 1 2", rings);
  refused("ring-height 0 1 2 / 3 4", rings);
  refused("ring-height 0 1 / 3 4 5", rings);
  refused("ring-height 0 1 2 / 3 4 5 / 1 2 3", rings);
  refused("ring-height 0 1 1 / 3 4 5", "expected different atoms");
  refused("ring-height 0 1 2 / 3 4 5 rank 1", "expected nothing behind the rings");
}
