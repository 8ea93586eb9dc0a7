#include "crystal.h"

namespace {

const Lines lines = {"volume", "volume 0-3", "cell-a",    "cell-b",
                     "cell-c", "cell-alpha", "cell-beta", "cell-gamma"};
const Numbers skewed = {2, 0, 0, 3.9, 1.9, 0, -0.8, 5.7, 1.8};

}  // namespace

TEST_CASE("volume, edges and angles of the box as it is given, however it is reduced") {
  Descriptors descriptors(lines, 4, true);
  const Numbers found = evaluate(descriptors, Numbers(12), boxOf(skewed));
  const double b = std::sqrt(3.9 * 3.9 + 1.9 * 1.9), c = std::sqrt(0.64 + 5.7 * 5.7 + 1.8 * 1.8);
  const Numbers expected = {
      2 * 1.9 * 1.8,       2 * 1.9 * 1.8 / 4, 2, b, c, std::acos((-0.8 * 3.9 + 5.7 * 1.9) / (b * c)),
      std::acos(-0.8 / c), std::acos(3.9 / b)};
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(found[i] == near(expected[i], 1e-13));
  // a left-handed box has a volume too
  CHECK(evaluate(descriptors, Numbers(12), boxOf({0, 2, 0, 2, 0, 0, 0, 0, 2}))[0] == near(8, 1e-14));
}

TEST_CASE("volume and cell: derivatives by the box against central differences, none by atoms") {
  for (const Numbers& rows :
       {skewed, Numbers{2, 0, 0, 0, 2.2, 0, 0, 0, 2.4}, Numbers{0, 2, 0.1, 2, 0.3, 0, 0, 0.2, 2}})
    compareWithDifferences(lines, {Numbers(12), rows}, 1e-8, 1);
}

TEST_CASE("volume and cell: without a box there is no value, and lines that are wrong are refused") {
  for (const char* line : {"volume", "cell-b", "cell-gamma"}) {
    Descriptors descriptors({line}, 4, true);
    CHECK(descriptors.takesBox());
    CHECK_THROWS_WITH(evaluate(descriptors, Numbers(12), Box()), contains("expected a periodic box"));
  }
  CHECK_THROWS_WITH(Descriptors({"volume 0 / 1"}, 4, true),
                    contains("expected one group of atoms, or none, after volume"));
  CHECK_THROWS_WITH(Descriptors({"volume 0 l 1"}, 4, true),
                    contains("expected nothing behind the atoms of volume"));
  CHECK_THROWS_WITH(Descriptors({"cell-a 0"}, 4, true), contains("expected no atom after cell-a"));
}
