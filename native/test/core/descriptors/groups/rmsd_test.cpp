// RMSD to a pose: closed forms, a guest in its host's frame, and what has no value or no derivative. Derivatives stand with
// the other kinds, in kinds_test.cpp.
#include "../five_atoms.h"

namespace {

double rmsd(const char* line, const Numbers& at, const Lines& structure) {
  Descriptors descriptors({line}, at.size() / 3, true, structure);
  return evaluate(descriptors, at, Box())[0];
}

/** (x, y, z) → (y, z, x) turned about the diagonal, then moved. */
Numbers turned(const Numbers& at) {
  Numbers result;
  for (std::size_t i = 0; i < at.size(); i += 3)
    result.insert(result.end(), {at[i + 1] + 7, at[i + 2] - 8, at[i] + 9});
  return result;
}

// a host of three atoms and a guest of two, which weighs nothing in the alignment
const Lines pose = {"0 0 1 1 0 0", "0 1 2 0 2 0", "0 2 3 0 0 3", "0 3 0 5 5 5", "0 4 0 5 5 7"};

}  // namespace

TEST_CASE("a group blown up by a factor deviates by as many times its radius of gyration") {
  // a best rotation leaves the axes where they are: deviations are (f − 1) r
  const Lines square = {"0 0 1 1 1 0", "0 1 1 -1 1 0", "0 2 1 -1 -1 0", "0 3 1 1 -1 0"};
  const Numbers at = turned({1.5, 1.5, 0, -1.5, 1.5, 0, -1.5, -1.5, 0, 1.5, -1.5, 0});
  CHECK(rmsd("rmsd 0 1 2 3 reference 0", at, square) == near(0.5 * std::sqrt(2.0), 1e-14));
}

TEST_CASE("a guest is compared in its host's frame, wherever the two are") {
  const Numbers at = turned({1, 0, 0, 0, 2, 0, 0, 0, 3, 5, 5, 6, 5, 8, 7});
  CHECK(rmsd("rmsd 3 4 reference 0", at, pose) == near(std::sqrt((1 + 9) / 2.0), 1e-13));
  CHECK(rmsd("rmsd 4 3 reference 0 3 1", at, pose) == near(std::sqrt((3 * 9 + 1) / 4.0), 1e-13));
  CHECK(rmsd("rmsd 0 1 2 reference 0", at, pose) == near(0, 1e-14));
}

TEST_CASE("in its pose a group has no deviation and no derivative") {
  Descriptors descriptors({"rmsd 0 1 2 reference 0"}, 5, true, pose);
  const Numbers at = {1, 0, 0, 0, 2, 0, 0, 0, 3, 9, 9, 9, 8, 8, 8};
  const Derivatives found = derivatives(descriptors, 0, at, Box());
  for (double g : found.positions) CHECK(std::abs(g) <= 1);
}

TEST_CASE("a host in line has no frame") {
  CHECK_THROWS_WITH(rmsd("rmsd 3 reference 0", {0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 1, 0, 0, 2}, pose),
                    contains("expected atoms that one rotation aligns best"));
}

TEST_CASE("an RMSD that cannot be is refused") {
  const auto refused = [](const char* line, const char* text) {
    CHECK_THROWS_WITH(Descriptors({line}, 6, true, pose), contains(text));
  };
  refused("rmsd reference 0", "expected one group of at least one atom after rmsd");
  refused("rmsd 0 / 1 reference 0", "expected one group of at least one atom after rmsd");
  refused("rmsd 0 1", "expected reference and a number from 0 to 1 (exclusive)");
  refused("rmsd 0 1 reference 1", "expected reference and a number from 0 to 1 (exclusive)");
  refused("rmsd 0 5 reference 0", "expected atoms of reference 0");
  refused("rmsd 0 1 reference 0 1", "expected behind the reference a weight of at least 0 for each atom");
  refused("rmsd 0 1 reference 0 1 -1", "expected behind the reference a weight of at least 0 for each atom");
  refused("aligned-x 0 reference 0 1", "expected reference and a number from 0 to 1 (exclusive)");
}
