#pragma once

#include <array>
#include <cmath>

#include "latentcv/box.h"

namespace latentcv {

/** The images of a vector in a periodic box. */
class Lattice {
 public:
  explicit Lattice(const Box& box);

  double halfShortest() const { return halfShortest_; }

  /** At most so many steps along a vector of the basis lead to images within a reach. */
  double mostAlong(int axis, double reach) const { return 2 * reach * perWidth_[axis] + 1; }

  /**
   * Calls found(vector, steps) for each image that is no longer than `reach`, which is so many steps along the basis from the given
   * vector. What is not a number is near, so that it shows.
   */
  template <typename Found>
  void forEachWithin(double reach, const Vector3& vector, const Found& found) const {
    std::array<long, 3> first, last;
    for (int axis = 0; axis < 3; ++axis) {
      const Vector3& inverse = inverse_[axis];
      const double part = vector[0] * inverse[0] + vector[1] * inverse[1] + vector[2] * inverse[2];
      // with what rounding may take away
      const double wide = reach * perWidth_[axis] + 1e-9;
      if (!(std::abs(part) < 1e9)) return found(vector, std::array<long, 3>{1, 0, 0});
      first[axis] = static_cast<long>(std::ceil(-wide - part));
      last[axis] = static_cast<long>(std::floor(wide - part));
    }
    std::array<long, 3> steps;
    for (steps[0] = first[0]; steps[0] <= last[0]; ++steps[0])
      for (steps[1] = first[1]; steps[1] <= last[1]; ++steps[1])
        for (steps[2] = first[2]; steps[2] <= last[2]; ++steps[2]) {
          const Vector3 image = moved(vector, steps);
          if (!(image[0] * image[0] + image[1] * image[1] + image[2] * image[2] > reach * reach))
            found(image, steps);
        }
  }

 private:
  Vector3 moved(Vector3 vector, const std::array<long, 3>& steps) const {
    for (int axis = 0; axis < 3; ++axis)
      for (int c = 0; c < 3; ++c) vector[c] += static_cast<double>(steps[axis]) * basis_[axis][c];
    return vector;
  }

  double halfShortest_;
  std::array<Vector3, 3> basis_, inverse_;
  std::array<double, 3>
      perWidth_;  // 1 over the distance between the planes that a step along each vector crosses
};

}  // namespace latentcv
