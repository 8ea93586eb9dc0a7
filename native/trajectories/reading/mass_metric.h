#pragma once

#include <cstddef>
#include <vector>

#include "latentcv/descriptors.h"

namespace latentcv {

/** Which products of descriptors' gradients are computed, and by what atoms weigh. */
struct MetricPairs {
  std::vector<std::size_t> first, second;
  /** 1/m of each atom of the descriptors. */
  std::vector<double> inverseMasses;
};

/**
 * ∂d/∂x M⁻¹ ∂d/∂xᵀ of chosen pairs of descriptors: how the mass-weighted gradients of two of them lie to each other, so that
 * |∇q|² by mass-weighted coordinates is made of the derivatives of q by descriptors.
 */
class MassMetric {
 public:
  /** Throws Error where a pair is of no descriptor, or there is not one mass for each atom. */
  MassMetric(MetricPairs pairs, const Descriptors& descriptors);

  std::size_t count() const { return pairs_.first.size(); }

  /** products [count] at the positions of the last evaluate, in the descriptors' units and 1/nm² per unit of mass. */
  void compute(const Descriptors& descriptors, double* products);

 private:
  MetricPairs pairs_;
  std::vector<std::size_t> rows_;              // the descriptors that are in some pair
  std::vector<std::size_t> rowOf_;             // of each descriptor, in gradients_
  std::vector<double> gradients_, scaled_;     // [rows, atoms, 3], and over the masses
  std::vector<double> weights_, boxGradient_;  // work space of pullBack
};

}  // namespace latentcv
