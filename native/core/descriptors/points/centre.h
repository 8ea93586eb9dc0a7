#pragma once

#include "descriptors/groups/whole_group.h"
#include "descriptors/points/point.h"

namespace latentcv {

/** The mean of atoms and points, or their mean by weights: see Points. */
class Centre : public Point {
 public:
  /** Throws Malformed. */
  explicit Centre(const DescriptorLine& line);

  Vector3 evaluate(const double* positions, const Box& box) override;

  /** Nothing more for the box: a strain moves the centre of a whole group as it moves an atom. */
  void pullBack(const Vector3& derivative, double* gradient, double* boxGradient) const override;

 private:
  WholeGroup group_;
};

}  // namespace latentcv
