#pragma once

#include <cstddef>

#include "descriptors/line.h"

namespace latentcv {

/**
 * What a line makes of a value that each atom of a group has, so that it does not grow with their number: by one of its options
 *
 *     mean                    Σ v/N
 *     moment ORDER            Σ (v − mean)^ORDER/N, 2 ≤ ORDER ≤ 8
 *     bin LOWER UPPER SIGMA   the part of the atoms with LOWER ≤ v < UPPER, each smeared out by a Gaussian of width SIGMA
 *     above THRESHOLD         the part of the atoms above it: the mean of x¹²/(1 + x¹²), x = v/THRESHOLD, of values of at least 0
 *
 * These are what PLUMED calls MEAN, MOMENTS, and BETWEEN={GAUSSIAN …} and MORE_THAN={RATIONAL NN=12 MM=24 …} over the
 * number of atoms.
 */
class AtomStatistic {
 public:
  /** Throws Malformed where the line has none of them, or one with other numbers. */
  explicit AtomStatistic(const DescriptorLine& line);

  /** Of values [count]. */
  double of(const double* values, std::size_t count) const;

  /** Adds weight · ∂/∂value to derivatives [count]. */
  void pullBack(double weight, const double* values, std::size_t count, double* derivatives) const;

 private:
  enum class Form { mean, moment, bin, above };

  Form form_ = Form::mean;
  int order_ = 0;
  double lower_ = 0, upper_ = 0, sigma_ = 0, threshold_ = 0;
};

}  // namespace latentcv
