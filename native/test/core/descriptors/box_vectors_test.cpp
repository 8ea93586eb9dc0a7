#include "five_atoms.h"

TEST_CASE("derivatives of box vectors by the box against central differences") {
  const Lines boxLines = {"box-ax", "box-bx", "box-by", "box-cx", "box-cy", "box-cz", "position-x 1"};
  compareWithDifferences(boxLines, boxes[1]);
  compareWithDifferences(boxLines, boxes[2]);
}

TEST_CASE("box vectors are those that were given, however the box is reduced") {
  Descriptors descriptors({"box-ax", "box-bx", "box-cy", "box-cz"}, 1, true);
  const Numbers at = {0, 0, 0}, rows = {2, 0, 0, 3.9, 1.9, 0, -0.8, 5.7, 1.8};
  const Numbers found = evaluate(descriptors, at, boxOf(rows)), expected = {2, 3.9, 5.7, 1.8};
  for (int i = 0; i < 4; ++i) CHECK(found[i] == near(expected[i], 0));
  CHECK_THROWS_WITH(evaluate(descriptors, at, Box()), contains("expected a periodic box"));
}
