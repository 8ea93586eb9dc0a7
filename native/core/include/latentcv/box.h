#pragma once

#include <array>

namespace latentcv {

using Vector3 = std::array<double, 3>;

/** What a box makes of difference vectors, for code that works on many at once. */
struct LatticeView {
  enum class Kind { none, orthorhombic, triclinic } kind;
  const double* basis;       // [3, 3], edges on the diagonal where orthorhombic, else reduced
  const double* inverse;     // [3, 3]
  const double* neighbours;  // [26, 3], of a triclinic one
  double safeSquared;        // a wrapped vector no longer than its root is its own minimum image
};

/** A simulation box, or none: what the minimum image of a difference vector needs. */
class Box {
 public:
  /** No box: differences stay as they are. */
  Box() = default;

  /**
   * @param rows the three box vectors, one after the other, row-major [3, 3], in the positions' unit.
   * A box of zero volume (as PLUMED gives for a system without periodicity) means none.
   */
  explicit Box(const double* rows);

  bool periodic() const { return kind_ != Kind::none; }

  /** The box vectors as they were given; zeros where there is no box. */
  const std::array<Vector3, 3>& rows() const { return rows_; }

  /** The shortest vector among `difference` plus any sum of whole box vectors. */
  Vector3 minimumImage(Vector3 difference) const;

  /**
   * Half the shortest vector between images: of an atom's images at most one is nearer than that to any place. Infinite
   * where there is no box.
   */
  double halfShortest() const;

  LatticeView lattice() const {
    return {kind_, basis_.front().data(), inverse_.front().data(), neighbours_.front().data(), safeSquared_};
  }

 private:
  using Kind = LatticeView::Kind;

  void prepareTriclinic();
  Vector3 nearestOfNeighbours(const Vector3& wrapped) const;

  Kind kind_ = Kind::none;
  std::array<Vector3, 3> rows_{};
  // orthorhombic: edge lengths on the diagonal; triclinic: a reduced basis of the same lattice
  std::array<Vector3, 3> basis_{};
  std::array<Vector3, 3> inverse_{};
  std::array<Vector3, 26> neighbours_{};
  // a vector shorter than half the shortest lattice vector is its own minimum image
  double safeSquared_ = 0;
};

}  // namespace latentcv
