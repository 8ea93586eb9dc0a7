#include "latentcv/box.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "descriptors/vectors.h"

namespace latentcv {
namespace {

Vector3 plus(const Vector3& a, double factor, const Vector3& b) {
  return {a[0] + factor * b[0], a[1] + factor * b[1], a[2] + factor * b[2]};
}

/** Replaces `a` by `candidate` where that is shorter by more than rounding. */
bool shorten(Vector3& a, const Vector3& candidate) {
  if (!(dot(candidate, candidate) < dot(a, a) * (1 - 1e-12))) return false;
  a = candidate;
  return true;
}

/**
 * Minkowski reduction in three dimensions: as long as one basis vector gets shorter by adding whole
 * multiples of the others, take the shorter one (Semaev 2001, doi:10.1007/3-540-44670-2_13).
 */
void reduce(std::array<Vector3, 3>& basis) {
  for (bool changed = true; changed;) {
    changed = false;
    for (int i = 0; i < 3; ++i) {
      const Vector3 &p = basis[(i + 1) % 3], &q = basis[(i + 2) % 3];
      Vector3& a = basis[i];
      changed |= shorten(a, plus(a, -std::nearbyint(dot(a, p) / dot(p, p)), p));
      changed |= shorten(a, plus(a, -std::nearbyint(dot(a, q) / dot(q, q)), q));
      for (double s : {-1.0, 1.0})
        for (double t : {-1.0, 1.0}) changed |= shorten(a, plus(plus(a, s, p), t, q));
    }
  }
}

/** nearbyint by arithmetic alone: a call of the library for each of thousands of pairs is what shows. */
double nearest(double x) {
  constexpr double rounder = 0x1.8p52;  // next to it, numbers are whole
  return (x + rounder) - rounder;
}

bool diagonal(const double* m) {
  return m[1] == 0 && m[2] == 0 && m[3] == 0 && m[5] == 0 && m[6] == 0 && m[7] == 0;
}

}  // namespace

Box::Box(const double* rows) {
  for (int i = 0; i < 3; ++i) basis_[i] = {rows[3 * i], rows[3 * i + 1], rows[3 * i + 2]};
  const double volume = dot(basis_[0], cross(basis_[1], basis_[2]));
  if (!(volume * volume > 0)) return;
  rows_ = basis_;
  kind_ = diagonal(rows) ? Kind::orthorhombic : Kind::triclinic;
  if (kind_ == Kind::triclinic)
    prepareTriclinic();
  else
    for (int i = 0; i < 3; ++i) inverse_[i][i] = 1 / basis_[i][i];
}

void Box::prepareTriclinic() {
  reduce(basis_);
  const double volume = dot(basis_[0], cross(basis_[1], basis_[2]));
  for (int i = 0; i < 3; ++i) {
    inverse_[i] = cross(basis_[(i + 1) % 3], basis_[(i + 2) % 3]);
    for (double& component : inverse_[i]) component /= volume;
  }
  std::size_t count = 0;
  double shortest = dot(basis_[0], basis_[0]);
  for (int a = -1; a <= 1; ++a)
    for (int b = -1; b <= 1; ++b)
      for (int c = -1; c <= 1; ++c) {
        if (a == 0 && b == 0 && c == 0) continue;
        const Vector3 shift = plus(plus(plus({0, 0, 0}, a, basis_[0]), b, basis_[1]), c, basis_[2]);
        shortest = std::min(shortest, dot(shift, shift));
        neighbours_[count++] = shift;
      }
  safeSquared_ = shortest / 4;
}

double Box::halfShortest() const {
  if (kind_ == Kind::none) return std::numeric_limits<double>::infinity();
  if (kind_ == Kind::triclinic) return std::sqrt(safeSquared_);
  // an edge may be given as negative
  return std::min({std::abs(basis_[0][0]), std::abs(basis_[1][1]), std::abs(basis_[2][2])}) / 2;
}

Vector3 Box::minimumImage(Vector3 d) const {
  if (kind_ == Kind::none) return d;
  if (kind_ == Kind::orthorhombic) {
    for (int i = 0; i < 3; ++i) d[i] -= basis_[i][i] * nearest(d[i] * inverse_[i][i]);
    return d;
  }
  for (int i = 0; i < 3; ++i) d = plus(d, -nearest(dot(d, inverse_[i])), basis_[i]);
  return dot(d, d) <= safeSquared_ ? d : nearestOfNeighbours(d);
}

// In a reduced basis the nearest image of a wrapped vector is at most one step along each basis vector away.
Vector3 Box::nearestOfNeighbours(const Vector3& wrapped) const {
  Vector3 best = wrapped;
  double shortest = dot(best, best);
  for (const Vector3& shift : neighbours_) {
    const Vector3 candidate = plus(wrapped, 1, shift);
    const double length = dot(candidate, candidate);
    if (length < shortest) {
      shortest = length;
      best = candidate;
    }
  }
  return best;
}

}  // namespace latentcv
