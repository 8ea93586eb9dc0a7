#pragma once

#include <vector>

#include "kernels/crystals.h"

namespace latentcv {

/** The polynomials of `Harmonics` of one degree, from 1 to `highestDegree`. */
class HarmonicPolynomials {
 public:
  explicit HarmonicPolynomials(int degree);

  Harmonics view() const { return {degree_, polynomials_.data(), slopes_.data()}; }
  std::size_t components() const { return 2 * static_cast<std::size_t>(degree_) + 1; }

 private:
  int degree_;
  std::vector<double> polynomials_, slopes_;
};

}  // namespace latentcv
