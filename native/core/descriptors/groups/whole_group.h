#pragma once

#include <vector>

#include "descriptors/line.h"
#include "latentcv/box.h"

namespace latentcv {

/**
 * A group of atoms as seen from its centre. In a periodic box it is first made whole as PLUMED does: each atom is taken
 * at the image next to the one before it, the first where it is.
 */
class WholeGroup {
 public:
  /** @param weights see sharesOf */
  explicit WholeGroup(AtomIndices atoms, const std::vector<double>& weights = {});

  void evaluate(const double* positions, const Box& box);

  const AtomIndices& atoms() const { return atoms_; }
  const std::vector<double>& shares() const { return shares_; }

  /** Of the last evaluate. */
  const Vector3& centre() const { return centre_; }
  const std::vector<Vector3>& centred() const { return centred_; }

  /**
   * Adds a derivative by one of the atoms, by its place, to the atoms and the box (see DescriptorBlock). Those of a group must
   * sum up to zero, so that the box's share may be taken from the centre.
   */
  void pull(std::size_t place, const Vector3& derivative, double* gradient, double* boxGradient) const;

  /** Adds a derivative by the centre to the atoms alone: a strain moves it as it moves an atom that stands there. */
  void pullCentre(const Vector3& derivative, double* gradient) const;

 private:
  AtomIndices atoms_;
  std::vector<double> shares_;
  std::vector<Vector3> centred_;
  Vector3 centre_{};
};

}  // namespace latentcv
