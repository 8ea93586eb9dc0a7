#pragma once

#include <memory>
#include <string>

#include "descriptors/alignment_reference.h"
#include "descriptors/frame/frame.h"
#include "descriptors/points/point.h"

namespace latentcv {

/** Whether a line of points begins so. */
bool isSite(const std::string& text);

/**
 * Reads `site N X Y Z` or `site O A B at X Y Z`: the atoms of reference N, or O, A and B, must be among the first `before`
 * atoms and points. Throws Malformed.
 */
std::unique_ptr<Point> readSite(const std::string& text, std::size_t before,
                                const AlignmentReferences& references);

/** A fixed point s of a frame: its centre + Rᵀ (s − the centre's coordinates). */
class Site : public Point {
 public:
  Site(std::unique_ptr<Frame> frame, const Vector3& place);

  Vector3 evaluate(const double* positions, const Box& box) override;
  void pullBack(const Vector3& derivative, double* gradient, double* boxGradient) const override;

 private:
  std::unique_ptr<Frame> frame_;  // with work space for pullBack
  Vector3 inFrame_;               // as seen from the frame's centre
  Vector3 fromCentre_{};          // the same in the system
};

}  // namespace latentcv
