// What every test of a distribution asks: derivatives in every box that it takes, a refusal of lines that are wrong.
#pragma once

#include "../five_atoms.h"

/** Those of lines that need a box, or, with `open`, of those that do not. */
inline void compareInBoxes(const Lines& lines, bool open) {
  if (open) compareWithDifferences(lines, boxes[0]);
  compareWithDifferences(lines, boxes[1]);
  compareWithDifferences(lines, boxes[2]);
}

inline void expectRefused(const char* line, const char* text) {
  CHECK_THROWS_WITH(Descriptors({line}, 5, true), contains(text));
}

inline Numbers valuesOf(const Lines& lines, const Numbers& at, const Numbers& rows) {
  Descriptors descriptors(lines, at.size() / 3, true);
  return evaluate(descriptors, at, boxOf(rows));
}
