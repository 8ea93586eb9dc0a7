#pragma once

#include <cstddef>

#include "latentcv/box.h"

namespace latentcv {

/** Pairs of one atom with others that follow each other: (first, second + i), i < count, at start + i. */
struct PairRun {
  std::size_t first, second, start, count;
};

/** Vectors by component. */
struct Planes {
  double *x, *y, *z;
};

/** How far past their end kernels read and write the vectors of a list of pairs or of atoms. */
constexpr std::size_t pairPadding = 8;

/**
 * Difference vectors of pairs of atoms, compiled once for each vector width. Counts of pairs are rounded up
 * to whole registers: every array must have `pairPadding` elements more than it holds.
 */
struct PairKernels {
  /** differences [pairs] = positions of the second atoms less those of the first. */
  void (*subtract)(const PairRun* runs, std::size_t runCount, Planes positions, Planes differences);

  /** The minimum image of each. */
  void (*wrap)(LatticeView lattice, std::size_t count, Planes differences);

  /** lengths and their inverses, 0 where the length is. */
  void (*measure)(std::size_t count, Planes differences, double* lengths, double* inverses);

  /**
   * along = scales ∘ differences; products: Σ along_x·d_x, x·y, x·z, y·y, y·z,
   * z·z. scales past `count` are 0.
   */
  void (*scale)(std::size_t count, const double* scales, Planes differences, Planes along, double* products);

  /**
   * The largest squared distance of points [count, 3] from where they were before; at least `enough`, as what is below is
   * not looked at closer. Where it is above `limit`, in an image that is the nearest or one hardly farther. NaN where a
   * coordinate is not finite. Nothing past the arrays' ends is read.
   */
  double (*largestMove)(LatticeView lattice, std::size_t count, const double* before, const double* now,
                        double enough, double limit);

  /** Takes what is along each pair from the gradient of its first atom and gives it to the second's. */
  void (*scatter)(const PairRun* runs, std::size_t runCount, Planes along, Planes gradient);
};

/** The widest kernels that this processor runs. */
const PairKernels& pairKernels();

}  // namespace latentcv
