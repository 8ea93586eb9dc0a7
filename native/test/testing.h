#pragma once

#include <cmath>
#include <string>

// checks are calls of functions, which compile faster; what one throws ends its test
#define DOCTEST_CONFIG_SUPER_FAST_ASSERTS
#include "doctest/doctest.h"

/** `CHECK(received == near(expected, tolerance))`: within an absolute tolerance; NaN is near nothing. */
struct Near {
  double expected, tolerance;
};

inline Near near(double expected, double tolerance) { return {expected, tolerance}; }

inline bool operator==(double received, const Near& near) {
  return std::abs(received - near.expected) <= near.tolerance;
}

inline doctest::String toString(const Near& near) {
  return doctest::toString(near.expected) + " within " + doctest::toString(near.tolerance);
}

/** `CHECK_THROWS_WITH(expression, contains("part of the message"))`. */
inline doctest::Contains contains(const std::string& part) { return doctest::Contains(part.c_str()); }
