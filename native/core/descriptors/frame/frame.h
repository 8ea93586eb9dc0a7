#pragma once

#include "descriptors/line.h"
#include "descriptors/optimal_rotation.h"
#include "latentcv/box.h"

namespace latentcv {

/**
 * A frame that atoms carry, whose rotation R takes a vector v of the system to R v in it. Its atoms are seen from a point that
 * moves with them, the centre; what flows back to R and to the centre is gathered here, and given to the atoms at once.
 */
class Frame {
 public:
  virtual ~Frame() = default;

  /** Throws Error for atoms that carry no frame. */
  virtual void fit(const double* positions, const Box& box) = 0;
  virtual const Matrix3& rotation() const = 0;

  const AtomIndices& atoms() const { return atoms_; }
  /** Where the centre is in the system, the group whole around its first atom. */
  const Vector3& centre() const { return centre_; }
  /** Its coordinates in the frame, which are always these. */
  const Vector3& coordinates() const { return coordinates_; }
  /** An atom of the group, by its place in it, as seen from the centre. */
  const Vector3& centred(std::size_t place) const { return centred_[place]; }

  /** R of that. */
  Vector3 turned(std::size_t place) const;

  /** From the frame to the system: Rᵀ v. */
  Vector3 turnedBack(const Vector3& v) const;

  /** Work space of a reverse pass: what derivatives by R and by the centre add up to. */
  void clearPulls();
  void pullRotation(int row, const Vector3& derivative);
  void pullCentre(const Vector3& derivative);
  /** Of a derivative by a turned atom: what it is by the atom goes to the gradients, the rest adds up. */
  void pullTurned(std::size_t place, const Vector3& derivative, double* gradient, double* boxGradient);

  /**
   * Adds the derivatives by all atoms of the group, as its centre and its rotation move with each, and minus the outer
   * product of their places, as seen from the centre, with them.
   */
  virtual void pullBack(double* gradient, double* boxGradient) const = 0;

 protected:
  Frame(AtomIndices atoms, const Vector3& coordinates);

  const AtomIndices atoms_;
  std::vector<Vector3> centred_;
  Vector3 centre_{};
  Matrix3 byRotation_{};
  Vector3 byCentre_{};

 private:
  const Vector3 coordinates_;
};

}  // namespace latentcv
