#pragma once

#include <memory>

#include "descriptors/alignment_reference.h"
#include "descriptors/frame/frame.h"

namespace latentcv {

/** The atoms of one reference, made whole, centred by its weights, and turned onto it: the reference's own frame. */
class Alignment : public Frame {
 public:
  explicit Alignment(std::shared_ptr<const AlignmentReference> reference);

  /** Throws Error for atoms that no single rotation fits best. */
  void fit(const double* positions, const Box& box) override;
  const Matrix3& rotation() const override { return rotation_.matrix(); }
  void pullBack(double* gradient, double* boxGradient) const override;

 private:
  void makeWhole(const double* positions, const Box& box);
  double moveToCentre(const double* first);

  std::shared_ptr<const AlignmentReference> reference_;
  OptimalRotation rotation_;
};

}  // namespace latentcv
