#pragma once

#include <cstddef>

#include "kernels/pairs.h"

namespace latentcv {

/** Neighbours of one atom: vectors to them by component, squared lengths, weights, and derivatives of these by the squares. */
struct Environment {
  std::size_t count;  // a multiple of `pairPadding`; weights are 0 in the padding
  const double *x, *y, *z, *squares, *weights, *slopes;
};

/**
 * Functions g_nl(r) Y_lm: each g_nl r^-l is a sum of Gaussians of r whose exponents are those of its degree. Y_lm are the real
 * spherical harmonics of integral 1, by degree: m = 0, then cosine and sine of each m.
 */
struct ExpansionBasis {
  int functions, degree;
  /** [degree + 1, functions] */
  const double* exponents;
  /** [degree + 1, functions, functions]: of each function's Gaussians. */
  const double* factors;
  /** [(degree + 1) (degree + 2)/2]: of the harmonics, by degree and m. */
  const double* norms;
};

/** At most so many of them. */
constexpr int mostRadialFunctions = 12;
constexpr int highestExpansionDegree = 12;

/** Densities of neighbours in a basis, compiled once for each vector width. */
struct EnvironmentKernels {
  /**
   * Adds Σ weight · g_nl r^-l · r^l Y_lm to row [(degree + 1)², functions]. Leaves weight · g_nl r^-l and its derivatives by the
   * square in radial and slopes [(degree + 1) functions, count]; harmonics [(degree + 1)², count] is work space.
   */
  void (*expand)(Environment environment, ExpansionBasis basis, double* radial, double* slopes,
                 double* harmonics, double* row);

  /** What derivatives by the row are by the vectors; radial and slopes are those that `expand` left. */
  void (*pullExpansion)(Environment environment, ExpansionBasis basis, const double* radial,
                        const double* slopes, const double* byRow, Planes derivatives);
};

/** The widest kernels that this processor runs. */
const EnvironmentKernels& environmentKernels();

}  // namespace latentcv
