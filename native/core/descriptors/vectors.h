#pragma once

#include <cmath>

#include "descriptors/line.h"
#include "latentcv/box.h"

namespace latentcv {

inline double dot(const Vector3& a, const Vector3& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

inline Vector3 cross(const Vector3& a, const Vector3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

inline Vector3 scaled(double factor, const Vector3& a) {
  return {factor * a[0], factor * a[1], factor * a[2]};
}

/** The minimum image from the pair's first atom to its second. */
inline Vector3 difference(const double* positions, const Box& box, const AtomPair& pair) {
  const double *a = positions + 3 * pair.first, *b = positions + 3 * pair.second;
  return box.minimumImage({b[0] - a[0], b[1] - a[1], b[2] - a[2]});
}

/**
 * Adds a derivative by an atom, and what it is by the box (see DescriptorBlock) where the atom is seen from an origin.
 * Those by all that is seen from one origin, it included, must sum up to zero.
 */
inline void pullAtom(std::size_t atom, const Vector3& from, const Vector3& derivative, double* gradient,
                     double* boxGradient) {
  for (int a = 0; a < 3; ++a) {
    gradient[3 * atom + a] += derivative[a];
    for (int b = 0; b < 3; ++b) boxGradient[3 * a + b] -= from[a] * derivative[b];
  }
}

/**
 * Adds what a derivative by the difference vector of a pair is by the atoms and
 * the box (see DescriptorBlock).
 */
inline void pullDifference(const AtomPair& pair, const Vector3& difference, const Vector3& derivative,
                           double* gradient, double* boxGradient) {
  double *a = gradient + 3 * pair.first, *b = gradient + 3 * pair.second;
  for (int i = 0; i < 3; ++i) {
    a[i] -= derivative[i];
    b[i] += derivative[i];
    for (int j = 0; j < 3; ++j) boxGradient[3 * i + j] -= difference[i] * derivative[j];
  }
}

}  // namespace latentcv
