// Positions aligned to a reference: values where the rotation is known, wholeness, and what has no rotation.
// Derivatives and invariances stand with the other kinds, in kinds_test.cpp.
#include "latentcv/descriptors.h"
#include "testing.h"

using latentcv::Box;
using latentcv::Descriptors;

namespace {

using Numbers = std::vector<double>;
using Lines = std::vector<std::string>;

const Lines reference = {"0 0 1 1 0 0", "0 1 2 0 2 0", "0 2 3 0 0 3", "0 3 0 5 5 5"};
const Lines all = {"aligned-x 0 reference 0", "aligned-y 0 reference 0", "aligned-z 0 reference 0",
                   "aligned-x 1 reference 0", "aligned-y 1 reference 0", "aligned-z 1 reference 0",
                   "aligned-x 3 reference 0", "aligned-y 3 reference 0", "aligned-z 3 reference 0"};

Numbers evaluate(const Lines& lines, const Numbers& at, const Box& box = Box(), bool pbc = true,
                 const Lines& structure = reference) {
  Descriptors descriptors(lines, at.size() / 3, pbc, structure);
  Numbers values(lines.size());
  descriptors.evaluate(at.data(), box, values.data());
  return values;
}

/** (x, y, z) → (y, z, x) turned about the diagonal, then moved. */
Numbers turned(const Numbers& at) {
  Numbers result;
  for (std::size_t i = 0; i < at.size(); i += 3)
    result.insert(result.end(), {at[i + 1] + 7, at[i + 2] - 8, at[i] + 9});
  return result;
}

void expectRows(const Numbers& received, const Numbers& expected) {
  CHECK(received.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(received[i] == near(expected[i], 1e-14));
}

}  // namespace

TEST_CASE("a turned and moved copy of the reference comes back onto it, atoms without a weight with it") {
  const Numbers copy = turned({1, 0, 0, 0, 2, 0, 0, 0, 3, 6, 5, 4});
  expectRows(evaluate(all, copy), {1, 0, 0, 0, 2, 0, 6, 5, 4});
}

TEST_CASE("a fit that does not come out even: three atoms in a plane, by hand") {
  // legs of 1 and 2 swapped for 2 and 1: by symmetry the best turn about z is atan2(Σ w (x × r)z, Σ w x·r)
  const Lines legs = {"0 0 1 1 0 0", "0 1 1 0 2 0", "0 2 1 0 0 0"};
  const Numbers at = {2, 0, 0, 0, 1, 0, 0, 0, 0};
  // centred: x = (4/3, -1/3), (-2/3, 2/3), (-2/3, -1/3); r = (2/3, -2/3), (-1/3, 4/3), (-1/3, -2/3)
  const double across = (4 * -2 - -1 * 2 + -2 * 4 - 2 * -1 + -2 * -2 - -1 * -1) / 9.0;
  const double along = (4 * 2 + -1 * -2 + -2 * -1 + 2 * 4 + -2 * -1 + -1 * -2) / 9.0;
  const double angle = std::atan2(across, along);
  const Numbers values =
      evaluate({"aligned-x 0 reference 0", "aligned-y 0 reference 0"}, at, Box(), true, legs);
  CHECK(values[0] == near(1 / 3.0 + 4 / 3.0 * std::cos(angle) + 1 / 3.0 * std::sin(angle), 1e-14));
  CHECK(values[1] == near(2 / 3.0 + 4 / 3.0 * std::sin(angle) - 1 / 3.0 * std::cos(angle), 1e-14));
}

TEST_CASE(
    "a molecule longer than half the box is made whole bond by bond, in whatever order its atoms come") {
  // a chain of bonds of 0.5 in a box of 2; listed far ends first
  const Lines chain = {"0 0 1 0 0 0", "0 4 1 2 0.3 0.1", "0 1 1 0.5 0.1 0", "0 3 1 1.5 0 0.2", "0 2 1 1 0 0"};
  const double edges[9] = {2, 0, 0, 0, 2.5, 0, 0, 0, 2.5};
  const Lines lines = {"aligned-x 0 reference 0", "aligned-x 4 reference 0", "aligned-y 4 reference 0"};
  Numbers at = {0, 0, 0, 0.5, 0.1, 0, 1, 0, 0, 1.5, 0, 0.2, 2, 0.3, 0.1};
  for (std::size_t i = 6; i < at.size(); i += 3) at[i] -= 2;
  at[1] += 5;
  expectRows(evaluate(lines, at, Box(edges), true, chain), {0, 2, 0.3});
  CHECK(std::abs(evaluate(lines, at, Box(edges), false, chain)[1] - 2) > 0.1);
}

TEST_CASE("a mirror image is aligned by a rotation, not by a reflection") {
  const Lines tetrahedron = {"0 0 1 0 0 0", "0 1 1 1 0 0", "0 2 1 0 2 0", "0 3 1 0 0 3"};
  const Numbers mirror = {0, 0, 0, -1, 0, 0, 0, 2, 0, 0, 0, 3};
  const Numbers values = evaluate({"aligned-x 1 reference 0"}, mirror, Box(), true, tetrahedron);
  CHECK(std::abs(values[0] - 1) > 0.1);
}

TEST_CASE("atoms that no one rotation fits best stop with words, never with a number") {
  const char* text = "descriptors with reference 0: expected atoms that one rotation aligns best";
  CHECK_THROWS_WITH(evaluate(all, {0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 1}), contains(text));
  CHECK_THROWS_WITH(evaluate(all, {1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 4}), contains(text));
  const double nan = std::nan("");
  CHECK_THROWS_WITH(evaluate(all, {nan, 0, 0, 0, 2, 0, 0, 0, 3, 6, 5, 4}), contains(text));
  // the mirror image of an octahedron, as near in every turn about its axis
  const Lines octahedron = {"0 0 1 2 0 0",  "0 1 1 -2 0 0", "0 2 1 0 1 0",
                            "0 3 1 0 -1 0", "0 4 1 0 0 1",  "0 5 1 0 0 -1"};
  const Numbers mirror = {2, 0, 0, -2, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, 1, 0, 0, -1};
  CHECK_THROWS_WITH(evaluate({"aligned-x 2 reference 0"}, mirror, Box(), true, octahedron), contains(text));
}

TEST_CASE("references and lines that are wrong are refused with what was expected") {
  const auto refused = [](const Lines& structure, const char* line, const char* text) {
    CHECK_THROWS_WITH(Descriptors({line}, 5, true, structure), contains(text));
  };
  const char* good = "aligned-x 0 reference 0";
  const Lines triangle = {"0 0 1 1 0 0", "0 1 1 0 2 0", "0 2 1 0 0 3"};
  refused({}, good,
          "line 1 of latentcv.descriptors: expected reference and a number from 0 to 0 (exclusive)");
  refused(triangle, "aligned-x 0 reference 1", "expected reference and a number from 0 to 1 (exclusive)");
  refused(triangle, "aligned-x 0 reference 0.5", "expected reference and a number from 0 to 1 (exclusive)");
  refused(triangle, "aligned-x 0", "expected reference and a number from 0 to 1 (exclusive)");
  refused(triangle, "direction-x 3 reference 0", "expected 2 atoms after direction-x");
  refused(triangle, "aligned-x 0 1 reference 0", "expected one atom after aligned-x");
  refused(triangle, "aligned-x 0 / 1 2 3 reference 0",
          "expected three atoms or points behind /, and nothing more");
  const char* where = "line 4 of latentcv.descriptors.references: expected ";
  const auto with = [&](const char* line, const std::string& text) {
    Lines structure = triangle;
    structure.push_back(line);
    refused(structure, good, (where + text).c_str());
  };
  with("0 3 1 0 0", "a reference, an atom, a weight and x, y, z but received \"0 3 1 0 0\"");
  with("0 3 1 0 0 0 0", "a reference, an atom, a weight and x, y, z");
  with("0 3 1 0 0 inf", "a reference, an atom, a weight and x, y, z");
  with("0 5 1 0 0 0", "atoms from 0 to 5 (exclusive)");
  with("0 1 1 0 0 0", "each atom once in a reference");
  with("0 3 -1 0 0 0", "a weight of at least 0");
  with("2 3 1 0 0 0", "references one after the other, counted from 0,");
  const char* line =
      "reference 0 of latentcv.descriptors.references: expected at least three atoms with a weight";
  refused({"0 0 1 1 0 0", "0 1 1 0 2 0", "0 2 0 0 0 3"}, good, line);
  refused({"0 0 1 1 1 1", "0 1 1 2 2 2", "0 2 3 5 5 5", "0 3 0 1 0 0"}, good, line);
}
