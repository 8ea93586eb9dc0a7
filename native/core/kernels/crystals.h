#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/pairs.h"

namespace latentcv {

/** How many atoms `CrystalKernels` looks at together; arrays of them are padded to whole multiples. */
constexpr std::size_t waveAtoms = 32;

/** Fractional coordinates of atoms by axis, and 1 for each of them, 0 in the padding. */
struct FractionalAtoms {
  const double *a, *b, *c, *given;
  std::size_t count;
};

/** Plane waves exp(2πi (h a + k b + l c)): their indices [count, 3], none larger than `highest` either way. */
struct PlaneWaves {
  const int* indices;
  std::size_t count;
  int highest;
  double* powers;  // work space [6, highest + 1, waveAtoms]
};

/** Pairs of atoms with their vectors and weights; all are padded to whole registers, weights with 0. */
struct WeighedPairs {
  std::size_t count;
  const std::uint32_t *first, *second;  // places of rows
  Planes vectors;
  const double *squares, *weights;
};

/**
 * Spherical harmonics of one degree l in their 2l + 1 real forms, of which the squares add up to 1: N_m P_l^(m)(z) times the real
 * and imaginary part of (x + iy)^m, (x, y, z) the unit vector. The m-th derivative of the Legendre polynomial has even powers of z
 * alone, or odd ones.
 */
struct Harmonics {
  int degree;
  /** N_m P_l^(m) and its own derivative by z: [degree + 1, degree / 2 + 1], coefficients of the lowest power first. */
  const double *polynomials, *slopes;
};

/** The highest degree of harmonics. */
constexpr int highestDegree = 12;

/** Sums over the atoms of a crystal, and over pairs of neighbours, compiled once for each vector width. */
struct CrystalKernels {
  /** sums [waves, 2]: of cosines and of sines over the atoms. */
  void (*sumWaves)(FractionalAtoms atoms, PlaneWaves waves, double* sums);

  /** Adds to the derivatives by fractional coordinates those of Σ factors [waves, 2] · sums. */
  void (*pullWaves)(FractionalAtoms atoms, PlaneWaves waves, const double* factors, Planes derivatives);

  /** Adds weight · harmonics of each pair's vector to the row of its first atom, and of the reversed one to the second's. */
  void (*addHarmonics)(WeighedPairs pairs, Harmonics harmonics, double* rows, std::size_t stride);

  /**
   * What flows back from the rows: adds to the derivatives by vectors, less what is along them, and to those by weights.
   */
  void (*pullHarmonics)(WeighedPairs pairs, Harmonics harmonics, const double* rows, std::size_t stride,
                        Planes derivatives, double* byWeights);

  /** Adds weight · row of each of a pair's atoms to the other's row of `to`; rows are `stride` long, and padded. */
  void (*exchangeRows)(WeighedPairs pairs, const double* rows, std::size_t stride, double* to);

  /** Adds a · b of a pair's rows, and of the rows the other way round, to byWeights. */
  void (*dotRows)(WeighedPairs pairs, const double* a, const double* b, std::size_t stride,
                  double* byWeights);
};

/** The widest kernels that this processor runs. */
const CrystalKernels& crystalKernels();

}  // namespace latentcv
