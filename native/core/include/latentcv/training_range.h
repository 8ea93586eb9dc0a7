#pragma once

#include <vector>

#include "latentcv/metadata.h"

namespace latentcv {

/** How far an input of a model lies beyond those it was trained on. */
class TrainingRange {
 public:
  /** From `latentcv.inputs.min`, `latentcv.inputs.max` and the inputs' periods. */
  explicit TrainingRange(const Metadata& metadata);

  /** Whether the file gives the ranges. */
  bool known() const { return !inputs_.empty(); }

  /**
   * The largest distance over the inputs x [d] from the range that each had in training, in units of that
   * range; 0 where all lie inside. Of a periodic input it is the distance the shorter way round. An input
   * that had a single value in training has no unit, and does not count.
   */
  double outside(const double* x) const;

 private:
  struct Input {
    double middle, half, period;  // period 0: none
  };

  std::vector<Input> inputs_;
};

}  // namespace latentcv
