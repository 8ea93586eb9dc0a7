#pragma once

#include "latentcv/box.h"

namespace latentcv {

/** A place that follows from atoms, and from points before it. */
class Point {
 public:
  virtual ~Point() = default;

  /** Where it is for positions [atoms and points before it, 3]; keeps what pullBack needs. */
  virtual Vector3 evaluate(const double* positions, const Box& box) = 0;

  /**
   * Adds what a derivative by the point is by the atoms and points that it is made of, and what of that the box has
   * beyond the share of an atom that stands where the point does (see DescriptorBlock).
   */
  virtual void pullBack(const Vector3& derivative, double* gradient, double* boxGradient) const = 0;
};

}  // namespace latentcv
