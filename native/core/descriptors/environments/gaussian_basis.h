#pragma once

#include <vector>

#include "kernels/environments.h"

namespace latentcv {

/** What a basis is made of: numbers of radial functions and the highest degree; cutoff and width of a neighbour's Gaussian, nm. */
struct ExpansionSettings {
  int functions, degree;
  double cutoff, sigma;

  bool operator==(const ExpansionSettings& other) const {
    return functions == other.functions && degree == other.degree && cutoff == other.cutoff &&
           sigma == other.sigma;
  }
};

/**
 * The integrals of a Gaussian exp(−|r − r'|²/(2 σ²)) with g_nl(r) Y_lm(r), as functions of where it stands, in Å (Himanen et al. 2020,
 * doi:10.1016/j.cpc.2019.106949, `rbf="gto"` of DScribe). The radial functions of a degree are r^l exp(−α r²), each 0.001 at one of
 * equal steps from 1 Å to the cutoff, made orthonormal the symmetric way (Löwdin 1950, doi:10.1063/1.1747632).
 */
class GaussianBasis {
 public:
  explicit GaussianBasis(const ExpansionSettings& settings);

  ExpansionBasis view() const {
    return {functions_, degree_, exponents_.data(), factors_.data(), norms_.data()};
  }

  /** Of a row: (degree + 1)² components of all functions. */
  std::size_t rowSize() const { return static_cast<std::size_t>((degree_ + 1) * (degree_ + 1) * functions_); }

  /** The integral [functions] of degree 0 for a Gaussian that stands at the origin; the others are 0. */
  const std::vector<double>& atOrigin() const { return atOrigin_; }

 private:
  int functions_, degree_;
  std::vector<double> exponents_, factors_, norms_, atOrigin_;
};

/** Throws Malformed where there are more radial functions than can be told from each other. */
void expectToldApart(const ExpansionSettings& settings);

constexpr double angstromsInNanometre = 10;

/** A cutoff must be longer, nm: the first radial function ends there. */
constexpr double shortestExpansion = 0.1;

}  // namespace latentcv
