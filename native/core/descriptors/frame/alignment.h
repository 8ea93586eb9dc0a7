#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "descriptors/alignment_reference.h"
#include "latentcv/box.h"

namespace latentcv {

/**
 * The atoms of one reference, made whole, centred, and turned onto it: the frame that they carry. A vector v of the
 * system is R v in it.
 */
class Alignment {
 public:
  explicit Alignment(std::shared_ptr<const AlignmentReference> reference);

  const AlignmentReference& reference() const { return *reference_; }

  /** Throws Error for atoms that no single rotation fits best. */
  void fit(const double* positions, const Box& box);

  /** Where the group's centre is in the system, the group whole around its first atom. */
  const Vector3& centre() const { return middle_; }
  /** An atom of the group, by its place in the reference, as seen from there. */
  const Vector3& centred(std::size_t atom) const { return centred_[atom]; }
  const Matrix3& rotation() const { return rotation_.matrix(); }

  /** R of that: as far from the reference's centre. */
  Vector3 turned(std::size_t atom) const;

  /** From the frame to the system: Rᵀ v. */
  Vector3 turnedBack(const Vector3& v) const;

  /** Work space of a reverse pass: what derivatives by R and by the centre add up to. */
  void clearPulls();
  void pullRotation(int row, const Vector3& derivative);
  void pullCentre(const Vector3& derivative);
  /** Of a derivative by a turned atom: what it is by the atom goes to the gradients, the rest adds up. */
  void pullTurned(std::size_t atom, const Vector3& derivative, double* gradient, double* boxGradient);

  /**
   * Adds the derivatives by all atoms of the group, as its centre and its rotation move with each, and minus the outer
   * product of their places, as seen from the centre, with them.
   */
  void pullBack(double* gradient, double* boxGradient) const;

 private:
  void makeWhole(const double* positions, const Box& box);
  double moveToCentre(const double* first);

  std::shared_ptr<const AlignmentReference> reference_;
  std::vector<Vector3> centred_;
  Vector3 middle_{};
  OptimalRotation rotation_;
  Matrix3 byRotation_{};
  Vector3 byCentre_{};
};

/** Where an atom stands in a reference. */
std::optional<std::size_t> placeIn(const AlignmentReference& reference, std::size_t atom);

/** The alignments that descriptors need, each once. */
class AlignmentList {
 public:
  /** Its place among them. */
  std::size_t find(const std::shared_ptr<const AlignmentReference>& reference);

  void fit(const double* positions, const Box& box);
  void clearPulls();
  void pullBack(double* gradient, double* boxGradient) const;

  Alignment& operator[](std::size_t place) { return alignments_[place]; }
  const Alignment& operator[](std::size_t place) const { return alignments_[place]; }

 private:
  std::vector<Alignment> alignments_;
};

}  // namespace latentcv
