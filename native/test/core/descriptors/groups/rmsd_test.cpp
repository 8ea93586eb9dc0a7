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

namespace {

// a symmetric guest of three atoms in a host's frame, in its pose and with its ends exchanged
const Lines exchanged = {"0 0 1 1 0 0", "0 1 2 0 2 0", "0 2 3 0 0 3", "0 3 0 5 5 5", "0 4 0 5 6 7",
                         "1 0 1 1 0 0", "1 1 2 0 2 0", "1 2 3 0 0 3", "1 3 0 5 6 7", "1 4 0 5 5 5"};

}  // namespace

TEST_CASE("the least RMSD is the smooth minimum, and the plain one where it is sharp") {
  const Numbers at = turned({1, 0, 0, 0, 2, 0, 0, 0, 3, 5, 5, 6, 5, 5.8, 7});
  const double first = rmsd("rmsd 3 4 reference 0", at, exchanged);
  const double second = rmsd("rmsd 3 4 reference 1", at, exchanged);
  CHECK(second > first + 0.1);
  const double smooth = -std::log(std::exp(-3 * first) + std::exp(-3 * second)) / 3;
  CHECK(rmsd("least-rmsd 3 4 references 3 0 1", at, exchanged) == near(smooth, 1e-13));
  CHECK(rmsd("least-rmsd 3 4 references 3 1 0", at, exchanged) == near(smooth, 1e-13));
  CHECK(rmsd("least-rmsd 3 4 references 1e6 0 1", at, exchanged) == near(first, 1e-13));
  // of one reference there is one minimum; exponentials of large numbers are none that overflow
  CHECK(rmsd("least-rmsd 3 4 references 3 1", at, exchanged) == near(second, 0));
  Numbers far = at;
  for (std::size_t i = 9; i < 15; ++i) far[i] += 1e4;
  const double one = rmsd("rmsd 3 4 reference 0", far, exchanged);
  const double two = rmsd("rmsd 3 4 reference 1", far, exchanged);
  const double least = std::min(one, two) - std::log1p(std::exp(-3 * std::abs(one - two))) / 3;
  CHECK(rmsd("least-rmsd 3 4 references 3 0 1", far, exchanged) == near(least, 1e-9));
}

TEST_CASE("the least RMSD does not tell which of the exchanged atoms is which, value and derivatives alike") {
  const Numbers at = turned({1.2, 0, 0.1, 0, 2, 0, 0.3, 0, 3, 5, 5, 6, 5, 5.8, 7});
  Numbers other = at;
  for (int c = 0; c < 3; ++c) std::swap(other[9 + c], other[12 + c]);
  Descriptors descriptors({"least-rmsd 3 4 references 20 0 1", "rmsd 3 4 reference 0"}, 5, true, exchanged);
  CHECK(evaluate(descriptors, at, Box())[0] == near(evaluate(descriptors, other, Box())[0], 1e-13));
  CHECK(std::abs(evaluate(descriptors, at, Box())[1] - evaluate(descriptors, other, Box())[1]) > 0.1);
  Derivatives a = derivatives(descriptors, 0, at, Box());
  const Derivatives b = derivatives(descriptors, 0, other, Box());
  for (int c = 0; c < 3; ++c) std::swap(a.positions[9 + c], a.positions[12 + c]);
  for (std::size_t i = 0; i < 15; ++i) CHECK(a.positions[i] == near(b.positions[i], 1e-12));
  for (std::size_t i = 0; i < 9; ++i) CHECK(a.box[i] == near(b.box[i], 1e-12));
}

TEST_CASE("in the pose of one reference the least RMSD has no infinite derivative") {
  Descriptors descriptors({"least-rmsd 3 4 references 50 0 1"}, 5, true, exchanged);
  const Numbers at = {1, 0, 0, 0, 2, 0, 0, 0, 3, 5, 5, 5, 5, 6, 7};
  CHECK(evaluate(descriptors, at, Box())[0] == near(0, 1e-13));
  for (double g : derivatives(descriptors, 0, at, Box()).positions) CHECK(std::abs(g) <= 1);
}

TEST_CASE("a least RMSD that cannot be is refused") {
  const auto refused = [](const char* line, const char* text) {
    CHECK_THROWS_WITH(Descriptors({line}, 6, true, exchanged), contains(text));
  };
  const char* several = "expected references, a number above 0, and a reference or more";
  refused("least-rmsd 3 4", several);
  refused("least-rmsd 3 4 reference 0", several);
  refused("least-rmsd 3 4 references 3", several);
  refused("least-rmsd 3 4 references 0 0 1", several);
  refused("least-rmsd 3 4 references -1 0 1", several);
  refused("least-rmsd 3 4 references 3 0 0", "expected different references");
  refused("least-rmsd 3 4 references 3 0 2",
          "expected references, a number above 0, and a number from 0 to 2 (exclusive)");
  refused("least-rmsd 3 5 references 3 0 1", "expected atoms of reference 0");
  refused("least-rmsd references 3 0 1", "expected one group of at least one atom after least-rmsd");
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
