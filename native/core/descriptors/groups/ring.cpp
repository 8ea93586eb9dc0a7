#include "descriptors/groups/ring.h"

#include <cmath>

#include "descriptors/vectors.h"
#include "latentcv/error.h"

namespace latentcv {

Ring::Ring(const AtomIndices& atoms) : group_(atoms) {
  constexpr double turn = 6.283185307179586476925;
  for (std::size_t j = 0; j < atoms.size(); ++j) {
    const double angle = turn * static_cast<double>(j) / static_cast<double>(atoms.size());
    sines_.push_back(std::sin(angle));
    cosines_.push_back(std::cos(angle));
  }
}

void Ring::evaluate(const double* positions, const Box& box, const std::string& text) {
  group_.evaluate(positions, box);
  p_ = q_ = {};
  for (std::size_t j = 0; j < sines_.size(); ++j)
    for (int c = 0; c < 3; ++c) {
      p_[c] += sines_[j] * group_.centred()[j][c];
      q_[c] += cosines_[j] * group_.centred()[j][c];
    }
  const Vector3 across = cross(p_, q_);
  length_ = std::sqrt(dot(across, across));
  // below it rounding would reach the sixth digit of forces
  constexpr double smallest = 1e-9;
  if (!(length_ > smallest * (dot(p_, p_) + dot(q_, q_))))
    throw Error(
        ErrorCode::badArgument,
        "descriptor \"" + text +
            "\" (atoms counted from 0 in the file's list): expected rings with a plane but the atoms of "
            "one lie in line");
  normal_ = scaled(1 / length_, across);
}

void Ring::pullNormal(const Vector3& derivative, double* gradient, double* boxGradient) const {
  const double along = dot(normal_, derivative);
  Vector3 byCross;
  for (int c = 0; c < 3; ++c) byCross[c] = (derivative[c] - along * normal_[c]) / length_;
  const Vector3 byP = cross(q_, byCross), byQ = cross(byCross, p_);
  for (std::size_t j = 0; j < sines_.size(); ++j) {
    Vector3 byAtom;
    for (int c = 0; c < 3; ++c) byAtom[c] = sines_[j] * byP[c] + cosines_[j] * byQ[c];
    group_.pull(j, byAtom, gradient, boxGradient);
  }
}

}  // namespace latentcv
