#pragma once

#include <memory>
#include <string>

#include "descriptors/frame/alignment.h"
#include "descriptors/points/point.h"

namespace latentcv {

/** Whether a line of points begins so. */
bool isSite(const std::string& text);

/**
 * Reads `site N X Y Z`: the atoms of reference N must be among the first `before` atoms and points. Throws Malformed.
 */
std::unique_ptr<Point> readSite(const std::string& text, std::size_t before,
                                const AlignmentReferences& references);

/** A fixed point of the frame that a group carries: centre + Rᵀ (s − the reference's centre). */
class Site : public Point {
 public:
  Site(std::shared_ptr<const AlignmentReference> reference, const Vector3& place);

  Vector3 evaluate(const double* positions, const Box& box) override;
  void pullBack(const Vector3& derivative, double* gradient, double* boxGradient) const override;

 private:
  mutable Alignment alignment_;  // with work space for pullBack
  Vector3 inFrame_;              // as seen from the reference's centre
  Vector3 fromCentre_{};         // the same in the system
};

}  // namespace latentcv
