// Hydrogen bonds: closed forms, which triples count, and lines that are refused. Derivatives stand with the other kinds, in
// kinds_test.cpp, and here where an angle passes 90° or is straight.
#include "../five_atoms.h"

namespace {

/** A donor at the origin, its hydrogen at 0.1 along x, and an acceptor 0.25 from that, with this angle D–H…A. */
Numbers bond(double degrees) {
  const double turn = degrees * pi / 180;
  return {0, 0, 0, 0.1, 0, 0, 0.1 - 0.25 * std::cos(turn), 0.25 * std::sin(turn), 0};
}

const char* line = "hydrogen-bonds 0 / 1 / 2 rational 0.25 0 6 12";

}  // namespace

TEST_CASE("a bond is the switched distance times the fourth power of the cosine") {
  // at r0 the rational function is NN/MM
  CHECK(valueOf(line, bond(180)) == near(0.5, 1e-14));
  CHECK(valueOf(line, bond(150)) == near(0.5 * 9 / 16, 1e-14));
  CHECK(valueOf(line, bond(120)) == near(0.5 / 16, 1e-14));
  CHECK(valueOf(line, bond(89)) == 0);
}

TEST_CASE("a straight bond and one at 90 degrees have derivatives, as smooth as the form says") {
  for (double degrees : {180.0, 179.999, 90.001, 90.0, 89.999}) {
    const Numbers at = bond(degrees);
    Descriptors descriptors({line}, 3, true);
    const Derivatives exact = derivatives(descriptors, 0, at, Box());
    for (std::size_t i = 0; i < at.size(); ++i) {
      Numbers up = at, down = at;
      up[i] += 1e-6;
      down[i] -= 1e-6;
      const double slope =
          (evaluate(descriptors, up, Box())[0] - evaluate(descriptors, down, Box())[0]) / 2e-6;
      CHECK(exact.positions[i] == near(slope, 1e-8));
    }
  }
}

TEST_CASE("a sum counts every hydrogen with every acceptor, but no donor with its own") {
  // two donors that are acceptors too, in line: D H … D H, the second's hydrogen away from the first
  const Numbers at = {0, 0, 0, 0.1, 0, 0, 0.35, 0, 0, 0.45, 0, 0};
  CHECK(valueOf("hydrogen-bonds 0 2 / 1 3 / 0 2 rational 0.25 0 6 12", at) == near(0.5, 1e-14));
  CHECK(valueOf("hydrogen-bonds 0 / 1 / 0 2 rational 0.25 0 6 12", at) == near(0.5, 1e-14));
  CHECK(valueOf("hydrogen-bonds 2 / 3 / 0 2 rational 0.25 0 6 12", at) == near(0, 1e-14));
}

TEST_CASE("a hydrogen in the place of its donor or acceptor has no angle") {
  const char* text = "expected a hydrogen in another place than its donor and acceptor but they are in one";
  CHECK_THROWS_WITH(valueOf(line, {0, 0, 0, 0, 0, 0, 1, 0, 0}), contains(text));
  CHECK_THROWS_WITH(valueOf(line, {0, 0, 0, 1, 0, 0, 1, 0, 0}), contains(text));
}

TEST_CASE("hydrogen bonds that cannot be are refused") {
  const auto refused = [](const char* words, const char* text) {
    CHECK_THROWS_WITH(Descriptors({words}, 5, true), contains(text));
  };
  const char* groups = "expected donors / as many hydrogens / acceptors after hydrogen-bonds";
  refused("hydrogen-bonds 0 / 1 rational 0.25 0 6 12", groups);
  refused("hydrogen-bonds 0 / 1 / rational 0.25 0 6 12", groups);
  refused("hydrogen-bonds 0 / 1 2 / 3 rational 0.25 0 6 12", groups);
  refused("hydrogen-bonds 0 / 1 / 2 / 3 rational 0.25 0 6 12", groups);
  refused("hydrogen-bonds / / 2 rational 0.25 0 6 12", groups);
  refused("hydrogen-bonds 0 1 / 2 1 / 3 rational 0.25 0 6 12",
          "expected hydrogens that are not their donors");
  refused("hydrogen-bonds 0 0 / 1 1 / 3 rational 0.25 0 6 12", "expected different atoms");
  refused("hydrogen-bonds 0 / 1 / 2", "expected a switching function");
}
