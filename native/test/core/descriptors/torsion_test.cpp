#include "five_atoms.h"

TEST_CASE("atoms in line: angles of 0 and π, torsions without a value, all with finite derivatives") {
  const Numbers line = {0, 0, 0, 0.1, 0.2, 0.3, 0.2, 0.4, 0.6, 0.7, 0.1, -0.2};
  expectFinite("angle 0 1 2", line, pi, 10);
  expectFinite("angle 1 0 2", line, 0, 10);
  expectFinite("torsion 0 1 2 3", line, 0, 0);
  expectFinite("torsion 3 2 1 0", line, 0, 0);
  expectFinite("torsion-sin 0 1 2 3", line, 0, 0);
  expectFinite("torsion-cos 0 1 2 3", line, 1, 0);
  // a hair off the line the angle's derivative is still 1/length, not lost in an arc cosine
  Numbers bent = {1, 0, 0, 0, 0, 0, -2, 1e-7, 0};
  Descriptors angle({"angle 0 1 2"}, 3, true);
  CHECK(evaluate(angle, bent, Box())[0] == near(pi - 0.5e-7, 1e-15));
  const Derivatives found = derivatives(angle, 0, bent, Box());
  CHECK(found.positions[1] == near(-1, 1e-9));
  CHECK(found.positions[7] == near(-0.5, 1e-9));
}

TEST_CASE("only torsions are periodic") {
  Descriptors descriptors({"distance 0 1", "torsion 0 1 2 3", "torsion-sin 0 1 2 3", "angle 0 1 2"}, 4, true);
  CHECK((!descriptors.periodic(0) && descriptors.periodic(1) && !descriptors.periodic(2) &&
         !descriptors.periodic(3)));
}

// The first atom is `off` away from the line of the others, in the direction of angle a about it; turning it
// about the line by dφ moves it by off · dφ, so the derivative is 1/off along the tangent (sin a, −cos a, 0),
// to all digits.
TEST_CASE("a torsion keeps its derivative next to a line") {
  const double a = 0.7, b = 2.1;
  for (const double off : {1e-2, 1e-4, 1e-6}) {
    const Numbers positions = {off * std::cos(a), off * std::sin(a), -1, 0, 0, 0, 0, 0, 1,
                               std::cos(b),       std::sin(b),       1};
    Descriptors torsion({"torsion 0 1 2 3"}, 4, false, {});
    double value;
    torsion.evaluate(positions.data(), Box(), &value);
    const double one = 1;
    Numbers gradient(12, 0), box(9, 0);
    torsion.pullBack(&one, gradient.data(), box.data());
    const double sign = value > 0 ? 1 : -1;
    CHECK(value == near(sign * (b - a), 1e-9));
    CHECK(gradient[0] * off == near(sign * std::sin(a), 1e-9));
    CHECK(gradient[1] * off == near(-sign * std::cos(a), 1e-9));
  }
}
