#pragma once

#include <string>

#include "descriptors/groups/whole_group.h"

namespace latentcv {

/**
 * A ring of atoms in the order of its bonds: its geometric centre, and the normal of its mean plane by Cremer & Pople (1975,
 * doi:10.1021/ja00839a011), along P × Q with P = Σ sin(2πj/n) x_j and Q = Σ cos(2πj/n) x_j. Seen from where the normal points
 * to, the atoms go round clockwise.
 */
class Ring {
 public:
  explicit Ring(const AtomIndices& atoms);

  /** @param text the line, for the Error where the atoms lie in line or in one place. */
  void evaluate(const double* positions, const Box& box, const std::string& text);

  const AtomIndices& atoms() const { return group_.atoms(); }
  const Vector3& centre() const { return group_.centre(); }
  const Vector3& normal() const { return normal_; }

  /** Adds what a derivative by the normal is by the atoms and the box (see DescriptorBlock). */
  void pullNormal(const Vector3& derivative, double* gradient, double* boxGradient) const;

  /** Adds a derivative by the centre to the atoms alone: whoever takes the difference of two centres knows the box's share. */
  void pullCentre(const Vector3& derivative, double* gradient) const {
    group_.pullCentre(derivative, gradient);
  }

 private:
  WholeGroup group_;
  std::vector<double> sines_, cosines_;
  Vector3 p_{}, q_{}, normal_{};
  double length_ = 0;  // |P × Q|
};

}  // namespace latentcv
