#include "five_atoms.h"

TEST_CASE("derivatives of positions by positions and box against central differences, in every box") {
  // what changes when the whole system is moved
  const Lines positionLines = {"position-x 0", "position-z 2", "position-y 2", "position-x 4",
                               "position-y 1"};
  for (const Numbers& rows : boxes) compareWithDifferences(positionLines, rows);
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
