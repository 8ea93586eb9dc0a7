// Every kind of descriptor: values in closed form, derivatives against central differences, invariances, and
// geometries where a derivative does not exist.
#include <algorithm>

#include "latentcv/descriptors.h"
#include "testing.h"

using latentcv::Box;
using latentcv::Descriptors;

namespace {

using Numbers = std::vector<double>;
using Lines = std::vector<std::string>;

// five atoms; the third is an image away from the others in the boxes below
const Numbers positions = {0.1, 0.2, 0.3, 0.4, -0.1, 0.25, 1.9, 1.8, -0.4, 0.3, 0.9, 1.2, -0.2, 0.55, 0.7};
const Numbers boxes[] = {{}, {2, 0, 0, 0, 2.2, 0, 0, 0, 2.4}, {2, 0, 0, 0.9, 1.9, 0, -0.8, 0.7, 1.8}};

// two structures to align to: the first fits all five atoms, one of them carried along without a weight
const Lines references = {"0 0 1 0.5 0.1 -0.2", "0 3 12 0.9 0.6 0.1", "0 1 16 0.7 -0.3 0.2",
                          "0 2 0 -0.4 0.2 0.3", "0 4 14 0.1 0.5 0.8", "1 4 1 1.1 2.5 0.3",
                          "1 0 1 1.4 2.1 0.2",  "1 1 2 1.6 2.6 0.7"};

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
    {"coordination",
     {"coordination 0 1 / 2 3 rational 0.5 0 6 12", "coordination 0 1 2 4 gaussian 0.7 0.02",
      "coordination 0 1 2 / 1 2 3 fermi 0.8 8"},
     false},
    {"sorted-distance",
     {"sorted-distance 0 1 2 3 rank 0", "sorted-distance 0 1 2 3 rank 5", "sorted-distance 0 1 2 3 rank 2",
      "sorted-distance 0 2 / 1 3 4 rank 1"},
     false},
    {"aligned",
     {"aligned-x 0 reference 0", "aligned-y 0 reference 0", "aligned-z 2 reference 0",
      "aligned-x 4 reference 1", "aligned-y 3 reference 0"},
     false},
    {"a mix",
     {"aligned-z 1 reference 1", "distance 0 1", "torsion 0 1 2 3", "distance 2 3", "distance-y 1 4",
      "angle 1 2 3", "coordination 0 / 1 2 gaussian 0.6 0"},
     true},
};

// what changes when the whole system is moved
const Lines positionLines = {"position-x 0", "position-z 2", "position-y 2", "position-x 4", "position-y 1"};
const Lines boxLines = {"box-ax", "box-bx", "box-by", "box-cx", "box-cy", "box-cz", "position-x 1"};

Box boxOf(const Numbers& rows) { return rows.empty() ? Box() : Box(rows.data()); }

Numbers evaluate(Descriptors& descriptors, const Numbers& at, const Box& box) {
  Numbers values(descriptors.count());
  descriptors.evaluate(at.data(), box, values.data());
  return values;
}

struct Derivatives {
  Numbers positions = Numbers(15), box = Numbers(9);
};

Derivatives derivatives(Descriptors& descriptors, std::size_t which, const Numbers& at, const Box& box) {
  evaluate(descriptors, at, box);
  Numbers weights(descriptors.count());
  weights[which] = 1;
  Derivatives result;
  result.positions.assign(at.size(), 99);
  descriptors.pullBack(weights.data(), result.positions.data(), result.box.data());
  return result;
}

/** r_b += ε · r_a for atoms and box vectors: the strain whose derivative is minus the box gradient. */
Numbers strained(Numbers vectors, int a, int b, double epsilon) {
  for (std::size_t i = 0; i < vectors.size(); i += 3) vectors[i + b] += epsilon * vectors[i + a];
  return vectors;
}

constexpr double h = 1e-6;

/** Within 1e-8 of the largest derivative, where the differences' own error is about 1e-9 of it. */
void compareWithDifferences(const Lines& lines, const Numbers& rows) {
  Descriptors descriptors(lines, 5, true, references);
  for (std::size_t d = 0; d < lines.size(); ++d) {
    const Derivatives exact = derivatives(descriptors, d, positions, boxOf(rows));
    double largest = 1;
    for (double g : exact.positions) largest = std::max(largest, std::abs(g));
    const auto slope = [&](const Numbers& up, const Numbers& upRows, const Numbers& down,
                           const Numbers& downRows) {
      return (evaluate(descriptors, up, boxOf(upRows))[d] - evaluate(descriptors, down, boxOf(downRows))[d]) /
             (2 * h);
    };
    for (std::size_t i = 0; i < positions.size(); ++i) {
      Numbers up = positions, down = positions;
      up[i] += h;
      down[i] -= h;
      CHECK(exact.positions[i] == near(slope(up, rows, down, rows), 1e-8 * largest));
    }
    for (int a = 0; a < 3; ++a)
      for (int b = 0; b < 3; ++b)
        CHECK(exact.box[3 * a + b] == near(-slope(strained(positions, a, b, h), strained(rows, a, b, h),
                                                  strained(positions, a, b, -h), strained(rows, a, b, -h)),
                                           1e-8 * largest));
  }
}

void expectSame(Descriptors& descriptors, const Numbers& at, const Box& box, const Numbers& expected,
                const char* kind) {
  const Numbers values = evaluate(descriptors, at, box);
  for (std::size_t i = 0; i < values.size(); ++i) CHECK_MESSAGE(values[i] == near(expected[i], 1e-12), kind);
}

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

double valueOf(const char* line, const Numbers& at) {
  Descriptors descriptors({line}, at.size() / 3, true);
  return evaluate(descriptors, at, Box())[0];
}

void expectFinite(const std::string& line, const Numbers& at, double value, double largestDerivative) {
  Descriptors descriptors({line}, at.size() / 3, true);
  const Derivatives found = derivatives(descriptors, 0, at, Box());
  CHECK(evaluate(descriptors, at, Box())[0] == near(value, 1e-9));
  for (double g : found.positions) CHECK(std::abs(g) <= largestDerivative);
  for (double g : found.box) CHECK(std::abs(g) <= largestDerivative);
}

constexpr double pi = 3.14159265358979323846;

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

TEST_CASE("derivatives of positions by positions and box against central differences, in every box") {
  for (const Numbers& rows : boxes) compareWithDifferences(positionLines, rows);
}

TEST_CASE("derivatives of box vectors by the box against central differences") {
  compareWithDifferences(boxLines, boxes[1]);
  compareWithDifferences(boxLines, boxes[2]);
}

TEST_CASE("positions are made whole in the order of the lines, and are as they are without a box") {
  const Numbers at = {1.9, 0.1, 0.2, 0.1, 2.1, 0.2, -1.7, 0.3, 2.5};
  Descriptors descriptors({"position-x 0", "position-x 1", "position-y 1", "position-x 2", "position-z 2"}, 3,
                          true);
  // each atom at the image next to the one before: 0.1 + 2, 2.1 − 2.2, −1.7 + 4, 2.5 − 2.4
  const Numbers whole = {1.9, 2.1, -0.1, 2.3, 0.1}, plain = {1.9, 0.1, 2.1, -1.7, 2.5};
  const Numbers found = evaluate(descriptors, at, boxOf(boxes[1])), open = evaluate(descriptors, at, Box());
  for (int i = 0; i < 5; ++i) {
    CHECK(found[i] == near(whole[i], 1e-15));
    CHECK(open[i] == near(plain[i], 0));
  }
}

TEST_CASE("box vectors are those that were given, however the box is reduced") {
  Descriptors descriptors({"box-ax", "box-bx", "box-cy", "box-cz"}, 1, true);
  const Numbers at = {0, 0, 0}, rows = {2, 0, 0, 3.9, 1.9, 0, -0.8, 5.7, 1.8};
  const Numbers found = evaluate(descriptors, at, boxOf(rows)), expected = {2, 3.9, 5.7, 1.8};
  for (int i = 0; i < 4; ++i) CHECK(found[i] == near(expected[i], 0));
  CHECK_THROWS_WITH(evaluate(descriptors, at, Box()), contains("expected a periodic box"));
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

TEST_CASE("coordination is the sum of its contacts, an atom never with itself") {
  const auto contact = [](int i, int j) {
    return valueOf(("contact " + std::to_string(i) + " " + std::to_string(j) + " gaussian 0.5 0").c_str(),
                   positions);
  };
  CHECK(valueOf("coordination 0 1 / 2 3 gaussian 0.5 0", positions) ==
        near(contact(0, 2) + contact(0, 3) + contact(1, 2) + contact(1, 3), 1e-15));
  CHECK(valueOf("coordination 0 1 2 gaussian 0.5 0", positions) ==
        near(contact(0, 1) + contact(0, 2) + contact(1, 2), 1e-15));
  CHECK(valueOf("coordination 0 1 / 1 0 gaussian 0.5 0", positions) == near(2 * contact(0, 1), 1e-15));
}

TEST_CASE("sorted distances ascend, and exchanging atoms of the group changes nothing") {
  Lines lines;
  for (int rank = 0; rank < 6; ++rank)
    lines.push_back("sorted-distance 0 1 2 3 rank " + std::to_string(rank));
  Descriptors descriptors(lines, 5, true, references);
  const Numbers values = evaluate(descriptors, positions, Box());
  CHECK(std::is_sorted(values.begin(), values.end()));
  Numbers distances;
  for (const char* line :
       {"distance 0 1", "distance 0 2", "distance 0 3", "distance 1 2", "distance 1 3", "distance 2 3"})
    distances.push_back(valueOf(line, positions));
  std::sort(distances.begin(), distances.end());
  for (int i = 0; i < 6; ++i) CHECK(values[i] == near(distances[i], 1e-15));
  Numbers exchanged = positions;
  std::swap_ranges(exchanged.begin(), exchanged.begin() + 3, exchanged.begin() + 9);
  expectSame(descriptors, exchanged, Box(), values, "exchanged");
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

TEST_CASE("lines that are wrong are refused with what was expected") {
  const auto refused = [](const char* line, const char* text) {
    CHECK_THROWS_WITH(Descriptors({line}, 5, true), contains(text));
  };
  refused("fitted 9 reference x", "expected one of the descriptors this version knows");
  refused("position-x", "expected one atom after position-x");
  refused("box-ax 0", "expected no atom after box-ax");
  refused("box-dx", "expected one of the descriptors this version knows");
  refused("angle 0 1", "expected 3 atoms after angle");
  refused("angle 0 1 / 2", "expected 3 atoms after angle");
  refused("torsion 0 1 2 3 4", "expected 4 atoms after torsion");
  refused("torsion 0 1 2 2", "expected different atoms");
  refused("distance 0 99999999999999999999", "atoms from 0 to 5 (exclusive)");
  refused("contact 0 1", "expected a switching function (rational R0 D0 NN MM");
  refused("contact 0 1 rational 0.3 0 12 6", "expected a switching function");
  refused("contact 0 1 rational 0.3 0 6", "expected a switching function");
  refused("contact 0 1 rational 0.3 0 6.5 12", "expected a switching function");
  refused("contact 0 1 rational 0.3 0 6 1e9", "expected a switching function");
  refused("contact 0 1 rational 0 0 6 12", "expected R0 > 0 and D0 >= 0");
  refused("contact 0 1 gaussian 0.3 -1", "expected R0 > 0 and D0 >= 0");
  refused("contact 0 1 fermi 0.3 nan", "expected numbers behind the option");
  refused("contact 0 1 cubic 0.3 0", "expected a switching function");
  refused("coordination 0 gaussian 0.3 0", "expected one group of at least two atoms, or two groups");
  refused("coordination 0 1 / gaussian 0.3 0", "expected one group of at least two atoms, or two groups");
  refused("coordination 0 / 0 gaussian 0.3 0", "expected one group of at least two atoms, or two groups");
  refused("coordination 0 / 1 / 2 gaussian 0.3 0", "expected one group of at least two atoms, or two groups");
  refused("sorted-distance 0 1 2", "expected rank and a number from 0 to 3 (exclusive)");
  refused("sorted-distance 0 1 2 rank 3", "expected rank and a number from 0 to 3 (exclusive)");
  refused("sorted-distance 0 1 2 rank 0.5", "expected rank and a number from 0 to 3 (exclusive)");
}

TEST_CASE("a line of more pairs than memory holds is refused") {
  std::string group;
  for (int i = 0; i < 6000; ++i) group += " " + std::to_string(i);
  CHECK_THROWS_WITH(Descriptors({"coordination" + group + " gaussian 1 0"}, 6000, true),
                    contains("pairs of atoms in all"));
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
