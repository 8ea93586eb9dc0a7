// Sums over the atoms of crystals, see kernels_impl.h. No include guard on purpose.
#include "kernels/pairs_impl.h"

namespace latentcv {
namespace KERNEL_SET {
namespace {

// Polynomials of θ from −π/4 to π/4 by Taylor, whose next terms are below 1e-16.
inline Doubles smallSine(Doubles t) {
  const Doubles s = t * t;
  Doubles sum = Doubles{} - 1 / 1307674368000.0;
  sum = sum * s + 1 / 6227020800.0;
  sum = sum * s - 1 / 39916800.0;
  sum = sum * s + 1 / 362880.0;
  sum = sum * s - 1 / 5040.0;
  sum = sum * s + 1 / 120.0;
  sum = sum * s - 1 / 6.0;
  return t + t * s * sum;
}

inline Doubles smallCosine(Doubles t) {
  const Doubles s = t * t;
  Doubles sum = Doubles{} + 1 / 20922789888000.0;
  sum = sum * s - 1 / 87178291200.0;
  sum = sum * s + 1 / 479001600.0;
  sum = sum * s - 1 / 3628800.0;
  sum = sum * s + 1 / 40320.0;
  sum = sum * s - 1 / 720.0;
  sum = sum * s + 1 / 24.0;
  sum = sum * s - 0.5;
  return 1 + s * sum;
}

// Cosine and sine of so many turns.
inline void ofTurns(Doubles turns, Doubles& cosine, Doubles& sine) {
  const Doubles part = turns - nearest(turns), quarters = nearest(4 * part);
  const Doubles angle = 6.283185307179586 * (part - 0.25 * quarters);
  const Doubles c = smallCosine(angle), s = smallSine(angle);
  const auto odd = quarters * quarters == 1.0, half = quarters * quarters == 4.0;
  cosine = odd ? -quarters * s : (half ? -c : c);
  sine = odd ? quarters * c : (half ? -s : s);
}

// exp(2πi n f) of a few atoms for n up to the highest, its parts one after the other; in place of 1 stands what is given.
void powersOf(const double* fractions, const double* given, int highest, double* powers) {
  for (std::size_t i = 0; i < waveAtoms; i += pairLanes) {
    Doubles c, s, real = given ? load(given + i) : Doubles{} + 1, imaginary{};
    ofTurns(load(fractions + i), c, s);
    for (int n = 0; n <= highest; ++n) {
      store(powers + 2 * n * waveAtoms + i, real);
      store(powers + (2 * n + 1) * waveAtoms + i, imaginary);
      const Doubles next = real * c - imaginary * s;
      imaginary = real * s + imaginary * c;
      real = next;
    }
  }
}

void powersOfAtoms(const FractionalAtoms& atoms, std::size_t start, const PlaneWaves& waves) {
  const std::size_t stride = 2 * waveAtoms * (waves.highest + 1);
  powersOf(atoms.a + start, nullptr, waves.highest, waves.powers);
  powersOf(atoms.b + start, nullptr, waves.highest, waves.powers + stride);
  powersOf(atoms.c + start, atoms.given + start, waves.highest, waves.powers + 2 * stride);
}

struct Wave {
  const double* at[3];
  double sign[3];
};

inline Wave waveOf(const PlaneWaves& waves, const int* indices) {
  Wave wave;
  for (int axis = 0; axis < 3; ++axis) {
    const int n = indices[axis], size = n < 0 ? -n : n;
    wave.at[axis] = waves.powers + 2 * waveAtoms * (axis * (waves.highest + 1) + size);
    wave.sign[axis] = n < 0 ? -1 : 1;
  }
  return wave;
}

inline void multiplyPowers(const Wave& wave, std::size_t i, Doubles& real, Doubles& imaginary) {
  real = load(wave.at[0] + i);
  imaginary = wave.sign[0] * load(wave.at[0] + waveAtoms + i);
  for (int axis = 1; axis < 3; ++axis) {
    const Doubles c = load(wave.at[axis] + i), s = wave.sign[axis] * load(wave.at[axis] + waveAtoms + i);
    const Doubles next = real * c - imaginary * s;
    imaginary = real * s + imaginary * c;
    real = next;
  }
}

void sumWaves(FractionalAtoms atoms, PlaneWaves waves, double* sums) {
  for (std::size_t w = 0; w < 2 * waves.count; ++w) sums[w] = 0;
  for (std::size_t start = 0; start < atoms.count; start += waveAtoms) {
    powersOfAtoms(atoms, start, waves);
    for (std::size_t w = 0; w < waves.count; ++w) {
      const Wave wave = waveOf(waves, waves.indices + 3 * w);
      Doubles cosines{}, sines{};
      for (std::size_t i = 0; i < waveAtoms; i += pairLanes) {
        Doubles real, imaginary;
        multiplyPowers(wave, i, real, imaginary);
        cosines += real;
        sines += imaginary;
      }
      sums[2 * w] += sumOfLanes(cosines);
      sums[2 * w + 1] += sumOfLanes(sines);
    }
  }
}

void pullWaves(FractionalAtoms atoms, PlaneWaves waves, const double* factors, Planes derivatives) {
  for (std::size_t start = 0; start < atoms.count; start += waveAtoms) {
    powersOfAtoms(atoms, start, waves);
    for (std::size_t w = 0; w < waves.count; ++w) {
      const int* indices = waves.indices + 3 * w;
      const Wave wave = waveOf(waves, indices);
      const double turn = 6.283185307179586, c = turn * factors[2 * w], s = turn * factors[2 * w + 1];
      for (std::size_t i = 0; i < waveAtoms; i += pairLanes) {
        Doubles real, imaginary;
        multiplyPowers(wave, i, real, imaginary);
        const Doubles along = s * real - c * imaginary;
        double *a = derivatives.x + start + i, *b = derivatives.y + start + i, *e = derivatives.z + start + i;
        store(a, load(a) + static_cast<double>(indices[0]) * along);
        store(b, load(b) + static_cast<double>(indices[1]) * along);
        store(e, load(e) + static_cast<double>(indices[2]) * along);
      }
    }
  }
}

constexpr int mostComponents = 2 * highestDegree + 1;

struct Directions {
  Doubles x, y, z, inverse;
};

// Two atoms in one place have no direction, and harmonics that are finite.
inline Directions directionsOf(const WeighedPairs& pairs, std::size_t p) {
  const Doubles squared = load(pairs.squares + p);
  const Doubles inverse = squared > 0 ? 1 / squareRoot(squared) : Doubles{};
  return {inverse * load(pairs.vectors.x + p), inverse * load(pairs.vectors.y + p),
          inverse * load(pairs.vectors.z + p), inverse};
}

// Σ coefficients · z^(2t), the whole times z where its powers are odd.
template <int degree>
inline Doubles polynomialOf(const double* coefficients, int order, Doubles z, Doubles squared) {
  // the highest power is degree − order
  Doubles sum{};
  const int highest = (degree - order) / 2;
#pragma GCC unroll 8
  for (int t = highest; t >= 0; --t) sum = sum * squared + coefficients[t];
  return (degree - order) % 2 != 0 ? sum * z : sum;
}

template <int degree>
void addHarmonicsOf(const WeighedPairs& pairs, const Harmonics& harmonics, double* rows, std::size_t stride) {
  constexpr int terms = degree / 2 + 1, components = 2 * degree + 1;
  alignas(64) double found[components * pairLanes];
  constexpr double parity = degree % 2 == 0 ? 1 : -1;
  for (std::size_t p = 0; p < pairs.count; p += pairLanes) {
    const Directions u = directionsOf(pairs, p);
    const Doubles squared = u.z * u.z, weights = load(pairs.weights + p);
    store(found, weights * polynomialOf<degree>(harmonics.polynomials, 0, u.z, squared));
    Doubles c = weights, s{};
#pragma GCC unroll 12
    for (int m = 1; m <= degree; ++m) {
      const Doubles next = c * u.x - s * u.y;
      s = c * u.y + s * u.x;
      c = next;
      const Doubles factor = polynomialOf<degree>(harmonics.polynomials + terms * m, m, u.z, squared);
      store(found + (2 * m - 1) * pairLanes, factor * c);
      store(found + 2 * m * pairLanes, factor * s);
    }
    const std::size_t left = pairs.count - p, these = left < pairLanes ? left : pairLanes;
    for (std::size_t lane = 0; lane < these; ++lane) {
      double *a = rows + stride * pairs.first[p + lane], *b = rows + stride * pairs.second[p + lane];
      for (int k = 0; k < components; ++k) {
        const double value = found[k * pairLanes + lane];
        a[k] += value;
        b[k] += parity * value;
      }
    }
  }
}

template <int degree>
void pullHarmonicsOf(const WeighedPairs& pairs, const Harmonics& harmonics, const double* rows,
                     std::size_t stride, const Planes& derivatives, double* byWeights) {
  constexpr int terms = degree / 2 + 1, components = 2 * degree + 1;
  alignas(64) double given[components * pairLanes] = {};
  constexpr double parity = degree % 2 == 0 ? 1 : -1;
  for (std::size_t p = 0; p < pairs.count; p += pairLanes) {
    const std::size_t left = pairs.count - p, these = left < pairLanes ? left : pairLanes;
    for (std::size_t lane = 0; lane < these; ++lane) {
      const double *a = rows + stride * pairs.first[p + lane], *b = rows + stride * pairs.second[p + lane];
      for (int k = 0; k < components; ++k) given[k * pairLanes + lane] = a[k] + parity * b[k];
    }
    const Directions u = directionsOf(pairs, p);
    const Doubles squared = u.z * u.z, first = load(given);
    Doubles value = first * polynomialOf<degree>(harmonics.polynomials, 0, u.z, squared), x{}, y{},
            z = first * polynomialOf<degree>(harmonics.slopes, 1, u.z, squared);
    Doubles c = Doubles{} + 1, s{};
#pragma GCC unroll 12
    for (int m = 1; m <= degree; ++m) {
      const Doubles factor = polynomialOf<degree>(harmonics.polynomials + terms * m, m, u.z, squared);
      const Doubles gc = load(given + (2 * m - 1) * pairLanes), gs = load(given + 2 * m * pairLanes);
      // ∂(x + iy)^m/∂x is m (x + iy)^(m − 1), that by y i times this
      const double times = m;
      x += times * factor * (gc * c + gs * s);
      y += times * factor * (gs * c - gc * s);
      const Doubles next = c * u.x - s * u.y;
      s = c * u.y + s * u.x;
      c = next;
      const Doubles along = gc * c + gs * s;
      value += factor * along;
      if (m < degree) z += along * polynomialOf<degree>(harmonics.slopes + terms * m, m + 1, u.z, squared);
    }
    const Doubles radial = x * u.x + y * u.y + z * u.z, scale = load(pairs.weights + p) * u.inverse;
    store(derivatives.x + p, load(derivatives.x + p) + scale * (x - radial * u.x));
    store(derivatives.y + p, load(derivatives.y + p) + scale * (y - radial * u.y));
    store(derivatives.z + p, load(derivatives.z + p) + scale * (z - radial * u.z));
    store(byWeights + p, load(byWeights + p) + value);
  }
}

using AddHarmonics = void (*)(const WeighedPairs&, const Harmonics&, double*, std::size_t);
using PullHarmonics = void (*)(const WeighedPairs&, const Harmonics&, const double*, std::size_t,
                               const Planes&, double*);

const AddHarmonics addByDegree[highestDegree] = {addHarmonicsOf<1>,  addHarmonicsOf<2>,  addHarmonicsOf<3>,
                                                 addHarmonicsOf<4>,  addHarmonicsOf<5>,  addHarmonicsOf<6>,
                                                 addHarmonicsOf<7>,  addHarmonicsOf<8>,  addHarmonicsOf<9>,
                                                 addHarmonicsOf<10>, addHarmonicsOf<11>, addHarmonicsOf<12>};
const PullHarmonics pullByDegree[highestDegree] = {
    pullHarmonicsOf<1>, pullHarmonicsOf<2>,  pullHarmonicsOf<3>,  pullHarmonicsOf<4>,
    pullHarmonicsOf<5>, pullHarmonicsOf<6>,  pullHarmonicsOf<7>,  pullHarmonicsOf<8>,
    pullHarmonicsOf<9>, pullHarmonicsOf<10>, pullHarmonicsOf<11>, pullHarmonicsOf<12>};

void addHarmonics(WeighedPairs pairs, Harmonics harmonics, double* rows, std::size_t stride) {
  addByDegree[harmonics.degree - 1](pairs, harmonics, rows, stride);
}

void pullHarmonics(WeighedPairs pairs, Harmonics harmonics, const double* rows, std::size_t stride,
                   Planes derivatives, double* byWeights) {
  pullByDegree[harmonics.degree - 1](pairs, harmonics, rows, stride, derivatives, byWeights);
}

void exchangeRows(WeighedPairs pairs, const double* rows, std::size_t stride, double* to) {
  for (std::size_t p = 0; p < pairs.count; ++p) {
    const std::size_t i = stride * pairs.first[p], j = stride * pairs.second[p];
    const Doubles weight = Doubles{} + pairs.weights[p];
    for (std::size_t k = 0; k < stride; k += pairLanes) {
      store(to + i + k, load(to + i + k) + weight * load(rows + j + k));
      store(to + j + k, load(to + j + k) + weight * load(rows + i + k));
    }
  }
}

void dotRows(WeighedPairs pairs, const double* a, const double* b, std::size_t stride, double* byWeights) {
  for (std::size_t p = 0; p < pairs.count; ++p) {
    const std::size_t i = stride * pairs.first[p], j = stride * pairs.second[p];
    Doubles sum{};
    for (std::size_t k = 0; k < stride; k += pairLanes)
      sum += load(a + i + k) * load(b + j + k) + load(a + j + k) * load(b + i + k);
    byWeights[p] += sumOfLanes(sum);
  }
}

}  // namespace

const CrystalKernels& crystalKernelSet() {
  static const CrystalKernels set = {sumWaves, pullWaves, addHarmonics, pullHarmonics, exchangeRows, dotRows};
  return set;
}

}  // namespace KERNEL_SET
}  // namespace latentcv
