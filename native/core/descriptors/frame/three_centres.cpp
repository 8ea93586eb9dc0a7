#include "descriptors/frame/three_centres.h"

#include "descriptors/vectors.h"
#include "latentcv/error.h"

namespace latentcv {

ThreeCentres::ThreeCentres(AtomIndices centres) : Frame(std::move(centres), {}) {}

void ThreeCentres::fit(const double* positions, const Box& box) {
  const double* origin = positions + 3 * atoms_[0];
  centre_ = {origin[0], origin[1], origin[2]};
  for (std::size_t i = 1; i < 3; ++i) centred_[i] = difference(positions, box, {atoms_[0], atoms_[i]});
  const Vector3 &a = centred_[1], &b = centred_[2];
  const Vector3 normal = cross(a, b);
  // below it rounding would reach the sixth digit of forces
  constexpr double smallest = 1e-9;
  if (!(dot(normal, normal) > smallest * smallest * (dot(a, a) + dot(b, b)) * (dot(a, a) + dot(b, b))))
    throw Error(ErrorCode::badArgument,
                "descriptors in the frame of " + std::to_string(atoms_[0]) + ", " +
                    std::to_string(atoms_[1]) + " and " + std::to_string(atoms_[2]) +
                    " (atoms and points counted from 0 in the file's lists): expected three places that are "
                    "not in line but they are");
  length_ = std::sqrt(dot(a, a));
  const Vector3 z = scaled(1 / length_, a);
  along_ = dot(b, z);
  const Vector3 across = {b[0] - along_ * z[0], b[1] - along_ * z[1], b[2] - along_ * z[2]};
  across_ = std::sqrt(dot(across, across));
  const Vector3 x = scaled(1 / across_, across);
  axes_ = {x, cross(z, x), z};
}

void ThreeCentres::pullBack(double* gradient, double* boxGradient) const {
  const auto& [x, y, z] = axes_;
  // y = z × x
  const Vector3 zByY = cross(x, byRotation_[1]), xByY = cross(byRotation_[1], z);
  Vector3 byX, byZ, byA, byB;
  for (int c = 0; c < 3; ++c) {
    byX[c] = byRotation_[0][c] + xByY[c];
    byZ[c] = byRotation_[2][c] + zByY[c];
  }
  // x = w/|w| of w = b − (b · z) z
  const double ofX = dot(x, byX);
  for (int c = 0; c < 3; ++c) byX[c] = (byX[c] - ofX * x[c]) / across_;
  const double byAlong = dot(z, byX);
  for (int c = 0; c < 3; ++c) {
    byB[c] = byX[c] - byAlong * z[c];
    byZ[c] -= along_ * byX[c] + byAlong * centred_[2][c];
  }
  // z = a/|a|
  const double ofZ = dot(z, byZ);
  for (int c = 0; c < 3; ++c) byA[c] = (byZ[c] - ofZ * z[c]) / length_;
  pullAtom(atoms_[0], {}, byCentre_, gradient, boxGradient);
  pullDifference({atoms_[0], atoms_[1]}, centred_[1], byA, gradient, boxGradient);
  pullDifference({atoms_[0], atoms_[2]}, centred_[2], byB, gradient, boxGradient);
}

}  // namespace latentcv
