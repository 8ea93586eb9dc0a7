#include "descriptors/frame/frame.h"

#include "descriptors/vectors.h"

namespace latentcv {

Frame::Frame(AtomIndices atoms, const Vector3& coordinates)
    : atoms_(std::move(atoms)), centred_(atoms_.size()), coordinates_(coordinates) {}

Vector3 Frame::turned(std::size_t place) const {
  const Matrix3& r = rotation();
  const Vector3& at = centred_[place];
  return {dot(r[0], at), dot(r[1], at), dot(r[2], at)};
}

Vector3 Frame::turnedBack(const Vector3& v) const {
  const Matrix3& r = rotation();
  Vector3 result{};
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < 3; ++b) result[b] += r[a][b] * v[a];
  return result;
}

void Frame::clearPulls() {
  byRotation_ = {};
  byCentre_ = {};
}

void Frame::pullRotation(int row, const Vector3& derivative) {
  for (int b = 0; b < 3; ++b) byRotation_[row][b] += derivative[b];
}

void Frame::pullCentre(const Vector3& derivative) {
  for (int b = 0; b < 3; ++b) byCentre_[b] += derivative[b];
}

void Frame::pullTurned(std::size_t place, const Vector3& derivative, double* gradient, double* boxGradient) {
  for (int row = 0; row < 3; ++row) pullRotation(row, scaled(derivative[row], centred_[place]));
  const Vector3 own = turnedBack(derivative);
  pullCentre(scaled(-1, own));
  pullAtom(atoms_[place], centred_[place], own, gradient, boxGradient);
}

}  // namespace latentcv
