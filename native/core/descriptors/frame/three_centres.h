#pragma once

#include "descriptors/frame/frame.h"

namespace latentcv {

/**
 * The frame of three atoms or points O, A and B: its origin is O, its z axis runs from O to A, its x axis along the part of
 * B − O that is perpendicular to that, and y makes it right-handed. In a periodic box A and B are taken at the images nearest to O.
 */
class ThreeCentres : public Frame {
 public:
  /** @param centres O, A and B. */
  explicit ThreeCentres(AtomIndices centres);

  /** Throws Error for three places in line. */
  void fit(const double* positions, const Box& box) override;
  const Matrix3& rotation() const override { return axes_; }
  void pullBack(double* gradient, double* boxGradient) const override;

 private:
  Matrix3 axes_{};
  /** |A − O|, (B − O) · z, and the length of what of B − O is across. */
  double length_ = 0, along_ = 0, across_ = 0;
};

}  // namespace latentcv
