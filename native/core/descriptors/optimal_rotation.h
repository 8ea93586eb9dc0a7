#pragma once

#include <array>

#include "latentcv/box.h"

namespace latentcv {

using Matrix3 = std::array<Vector3, 3>;

/**
 * The rotation that brings centred points x closest to centred points r: the largest Σ w r·(R x),
 * which is the largest eigenvalue of a symmetric 4×4 matrix linear in S = Σ w x rᵀ; its eigenvector is
 * R's quaternion (Horn 1987, doi:10.1364/JOSAA.4.000629; Kearsley 1989,
 * doi:10.1107/S0108767388010128). No reflection comes out.
 */
class OptimalRotation {
 public:
  /** Finds R for S = Σ w x rᵀ. */
  void fit(const Matrix3& correlation);

  /**
   * How much better R is than the best rotation across to it: the gap between the two largest eigenvalues,
   * zero where R is not unique (points in line, or as near to the mirror image of the others).
   */
  double gap() const { return values_[0] - values_[1]; }

  const Matrix3& matrix() const { return matrix_; }

  /**
   * From ∂L/∂R to ∂L/∂S by first-order perturbation of the eigenvector, dq = Σₖ vₖ (vₖ·dN q)/(λ₀ − λₖ)
   * (Coutsias, Seok & Dill 2004, doi:10.1002/jcc.20110). Needs gap() > 0.
   */
  Matrix3 pullBack(const Matrix3& byRotation) const;

 private:
  using Vector4 = std::array<double, 4>;

  std::array<double, 4> values_{};    // descending
  std::array<Vector4, 4> vectors_{};  // by value; the first is the quaternion (w, x, y, z)
  Matrix3 matrix_{};
};

}  // namespace latentcv
