// Every kind of descriptor: derivatives against central differences, invariances, values in closed form.
#include "five_atoms.h"

namespace {

struct Kind {
  const char* name;
  Lines lines;
  bool turns;  // whether its value changes when the system is rotated
};

const std::vector<Kind> kinds = {
    {"distance", {"distance 0 1", "distance 2 0", "distance 1 3"}, false},
    {"distance-x", {"distance-x 0 1", "distance-x 2 0", "distance-x 1 3"}, true},
    {"distance-y", {"distance-y 0 1", "distance-y 2 0", "distance-y 1 3"}, true},
    {"distance-z", {"distance-z 0 1", "distance-z 2 0", "distance-z 1 3"}, true},
    {"inverse-distance", {"inverse-distance 0 1", "inverse-distance 2 4"}, false},
    {"angle", {"angle 0 1 2", "angle 3 0 4"}, false},
    {"torsion", {"torsion 0 1 2 3", "torsion 4 2 0 1"}, false},
    {"torsion-sin", {"torsion-sin 0 1 2 3", "torsion-sin 4 2 0 1"}, false},
    {"torsion-cos", {"torsion-cos 0 1 2 3", "torsion-cos 4 2 0 1"}, false},
    {"contact, rational",
     {"contact 0 1 rational 0.5 0 6 12", "contact 2 0 rational 0.6 0.1 5 7", "contact 1 3 rational 2 0 2 3"},
     false},
    {"contact, gaussian", {"contact 0 1 gaussian 0.5 0", "contact 2 0 gaussian 0.6 0.1"}, false},
    {"contact, fermi", {"contact 0 1 fermi 0.5 10", "contact 2 0 fermi 0.6 25"}, false},
    {"contact, cubic", {"contact 0 1 cubic 0.1 1.5", "contact 2 0 cubic 0 1.6"}, false},
    {"coordination",
     {"coordination 0 1 / 2 3 rational 0.5 0 6 12", "coordination 0 1 2 4 gaussian 0.7 0.02",
      "coordination 0 1 2 / 1 2 3 fermi 0.8 8"},
     false},
    {"coordination, with DMAX",
     {"coordination 0 1 / 2 3 rational 0.5 0 6 12 1.1", "coordination 0 1 2 4 gaussian 0.7 0.02 1.5",
      "coordination 0 1 2 / 1 2 3 fermi 0.8 8 1.3"},
     false},
    {"sorted-distance",
     {"sorted-distance 0 1 2 3 rank 0", "sorted-distance 0 1 2 3 rank 5", "sorted-distance 0 1 2 3 rank 2",
      "sorted-distance 0 2 / 1 3 4 rank 1"},
     false},
    {"aligned",
     {"aligned-x 0 reference 0", "aligned-y 0 reference 0", "aligned-z 2 reference 0",
      "aligned-x 4 reference 1", "aligned-y 3 reference 0"},
     false},
    {"in the frame of three places",
     {"aligned-x 3 / 0 1 4", "aligned-y 3 / 0 1 4", "aligned-z 3 / 0 1 4", "aligned-x 2 / 4 0 3",
      "aligned-x 4 / 0 1 4", "direction-x 2 3 / 0 1 4", "direction-y 3 0 / 0 1 4", "direction-z 1 4 / 2 3 0"},
     false},
    {"rmsd",
     {"rmsd 0 1 3 4 reference 0", "rmsd 2 reference 0", "rmsd 4 1 0 reference 1 3 1 2",
      "rmsd 3 2 reference 0 0.5 2"},
     false},
    {"least-rmsd",
     {"least-rmsd 0 1 4 references 3 0 1", "least-rmsd 1 4 references 40 1 0",
      "least-rmsd 2 3 references 5 0"},
     false},
    {"gyration", {"gyration 0 1 3", "gyration 4 0 2 1 3 weights 12 1 0 16 14"}, false},
    {"hydrogen-bonds",
     {"hydrogen-bonds 1 / 0 / 4 rational 0.5 0 6 12",
      "hydrogen-bonds 0 0 1 / 1 3 0 / 2 3 4 gaussian 0.8 0.1"},
     false},
    {"rings",
     {"ring-distance 0 1 3 / 4 2 1 0", "ring-cosine 0 1 3 / 4 2 1 0", "ring-cosine-squared 0 1 3 / 1 2 4",
      "ring-height 4 2 1 0 / 0 1 3", "ring-offset 0 1 3 / 4 2 1 0", "ring-offset 3 4 2 / 1 2 4"},
     false},
    {"a mix",
     {"aligned-z 1 reference 1", "distance 0 1", "torsion 0 1 2 3", "distance 2 3", "distance-y 1 4",
      "angle 1 2 3", "coordination 0 / 1 2 gaussian 0.6 0"},
     true},
};

/** A rotation by 1 rad about (1, 2, 3), by Rodrigues' formula. */
Numbers rotated(const Numbers& at) {
  const double norm = std::sqrt(14.0), k[3] = {1 / norm, 2 / norm, 3 / norm}, c = std::cos(1.0),
               s = std::sin(1.0);
  Numbers result(at.size());
  for (std::size_t i = 0; i < at.size(); i += 3) {
    const double* r = at.data() + i;
    const double along = k[0] * r[0] + k[1] * r[1] + k[2] * r[2];
    for (int a = 0; a < 3; ++a) {
      const int b = (a + 1) % 3, e = (a + 2) % 3;
      result[i + a] = c * r[a] + s * (k[b] * r[e] - k[e] * r[b]) + (1 - c) * along * k[a];
    }
  }
  return result;
}

}  // namespace

TEST_CASE("derivatives by positions and box against central differences, without a box") {
  for (const Kind& kind : kinds) compareWithDifferences(kind.lines, boxes[0]);
}
TEST_CASE("derivatives by positions and box against central differences, orthorhombic") {
  for (const Kind& kind : kinds) compareWithDifferences(kind.lines, boxes[1]);
}
TEST_CASE("derivatives by positions and box against central differences, triclinic") {
  for (const Kind& kind : kinds) compareWithDifferences(kind.lines, boxes[2]);
}

TEST_CASE("no value changes when atoms move by whole box vectors") {
  for (const Kind& kind : kinds)
    for (const Numbers& rows : {boxes[1], boxes[2]}) {
      Descriptors descriptors(kind.lines, 5, true, references);
      const Numbers expected = evaluate(descriptors, positions, boxOf(rows));
      Numbers shifted = positions;
      for (int i = 0; i < 15; ++i)
        shifted[i] +=
            (i / 3 % 3 - 1) * rows[i % 3] + (i / 3 % 2) * rows[3 + i % 3] - 2 * (i / 9) * rows[6 + i % 3];
      expectSame(descriptors, shifted, boxOf(rows), expected, kind.name);
    }
}

TEST_CASE("no value changes when the system is moved, and only components when it is turned") {
  for (const Kind& kind : kinds) {
    Descriptors descriptors(kind.lines, 5, true, references);
    const Numbers expected = evaluate(descriptors, positions, Box());
    Numbers moved = positions;
    for (int i = 0; i < 15; ++i) moved[i] += 0.3 * (i % 3) - 0.7;
    expectSame(descriptors, moved, Box(), expected, kind.name);
    if (!kind.turns) expectSame(descriptors, rotated(positions), Box(), expected, kind.name);
  }
}

TEST_CASE("values in closed form") {
  const Numbers corner = {1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1};
  CHECK(valueOf("distance-x 0 1", corner) == near(-1, 1e-15));
  CHECK(valueOf("distance-z 0 3", corner) == near(1, 1e-15));
  CHECK(valueOf("inverse-distance 0 2", corner) == near(std::sqrt(0.5), 1e-15));
  CHECK(valueOf("angle 0 1 2", corner) == near(pi / 2, 1e-15));
  CHECK(valueOf("angle 1 0 2", corner) == near(pi / 4, 1e-15));
  // clockwise from the first atom to the last, seen along the middle bond: positive (IUPAC)
  CHECK(valueOf("torsion 0 1 2 3", corner) == near(pi / 2, 1e-15));
  CHECK(valueOf("torsion 3 2 1 0", corner) == near(pi / 2, 1e-15));
  CHECK(valueOf("torsion-sin 0 1 2 3", corner) == near(1, 1e-15));
  CHECK(valueOf("torsion-cos 0 1 2 3", corner) == near(0, 1e-15));
  CHECK(valueOf("sorted-distance 0 1 2 3 rank 5", corner) == near(std::sqrt(3.0), 1e-15));
}

TEST_CASE("atoms in one place: finite derivatives, or a stop where there is no value") {
  const Numbers at = {1, 2, 3, 1, 2, 3, 0, 0, 0, 0, 1, 0};
  expectFinite("distance-x 0 1", at, 0, 1);
  expectFinite("contact 0 1 rational 0.3 0 1 2", at, 1, 0);
  expectFinite("contact 0 1 gaussian 0.3 0", at, 1, 0);
  expectFinite("contact 0 1 fermi 0.3 100", at, 1 / (1 + std::exp(-30)), 0);
  expectFinite("coordination 0 1 rational 0.3 0 6 12", at, 1, 0);
  expectFinite("sorted-distance 0 1 2 rank 0", at, 0, 0);
  expectFinite("angle 0 1 2", at, 0, 0);
  expectFinite("torsion 0 1 2 3", at, 0, 0);
  expectFinite("torsion 2 0 1 3", at, 0, 0);
  CHECK_THROWS_WITH(
      valueOf("inverse-distance 0 1", at),
      contains(
          "descriptor \"inverse-distance 0 1\" (atoms counted from 0 in the file's list): expected two atoms "
          "in different places but they are in one"));
}
