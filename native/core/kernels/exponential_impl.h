// The exponential that elementwise functions are made of, see kernels_impl.h. No include guard on purpose.
//
// exp(x) = 2^n·(1 + p), where n is x/ln 2 rounded to a whole number and p = exp(x − n ln 2) − 1 is Taylor's
// series for |x − n ln 2| ≤ ln 2/2. p and 2^n apart give exp(x) − 1 without cancellation.
#include "kernels/vectors_impl.h"

namespace latentcv {
namespace KERNEL_SET {
namespace {

template <typename T>
struct ExponentialConstants;
template <>
struct ExponentialConstants<double> {
  static constexpr double log2e = 1.4426950408889634;
  // ln 2 in two parts, the first with so few digits that whole multiples of it are exact
  static constexpr double ln2High = 0x1.62e42feep-1, ln2Low = 0x1.a39ef35793c76p-33;
  static constexpr double rounder = 0x1.8p52;  // adding it rounds to a whole number in the lowest bits
  static constexpr int exponentBias = 1023, mantissaBits = 52;
  static constexpr double lowest = -746, highest = 710;  // exp beyond is 0 or infinite
  static constexpr double series[] = {1. / 6227020800, 1. / 479001600, 1. / 39916800, 1. / 3628800,
                                      1. / 362880,     1. / 40320,     1. / 5040,     1. / 720,
                                      1. / 120,        1. / 24,        1. / 6,        1. / 2};
};
template <>
struct ExponentialConstants<float> {
  static constexpr float log2e = 1.44269504F;
  static constexpr float ln2High = 0x1.62e4p-1F, ln2Low = 0x1.7f7d1cp-20F;
  static constexpr float rounder = 0x1.8p23F;
  static constexpr int exponentBias = 127, mantissaBits = 23;
  static constexpr float lowest = -104, highest = 89;
  static constexpr float series[] = {1.F / 5040, 1.F / 720, 1.F / 120, 1.F / 24, 1.F / 6, 1.F / 2};
};

template <typename T>
struct Exponential {
  Vector<T> value, minusOne;  // exp(x) and exp(x) − 1
};

// Coefficients from the highest power down.
template <typename T, unsigned count>
inline Vector<T> polynomial(Vector<T> x, const T (&coefficients)[count]) {
  Vector<T> sum = Vector<T>{} + coefficients[0];
#pragma GCC unroll 32
  for (unsigned i = 1; i < count; ++i) sum = sum * x + coefficients[i];
  return sum;
}

template <typename T>
inline Bits<T> signBits() {
  return (Bits<T>)(-Vector<T>{});
}

template <typename T>
inline Vector<T> absolute(Vector<T> x) {
  return (Vector<T>)((Bits<T>)x & ~signBits<T>());
}

// The magnitude of y with the sign of x.
template <typename T>
inline Vector<T> withSign(Vector<T> y, Vector<T> x) {
  return (Vector<T>)(((Bits<T>)y & ~signBits<T>()) | ((Bits<T>)x & signBits<T>()));
}

// 2^n of whole numbers n + C::rounder
template <typename T>
inline Vector<T> powerOfTwo(Vector<T> rounded) {
  using C = ExponentialConstants<T>;
  const Bits<T> n = (Bits<T>)rounded - (Bits<T>)(Vector<T>{} + C::rounder);
  return (Vector<T>)((n + C::exponentBias) << C::mantissaBits);
}

// exp of x + extra, where extra is too small for x to hold its digits
template <typename T>
inline Exponential<T> exponential(Vector<T> x, Vector<T> extra = Vector<T>{}) {
  using C = ExponentialConstants<T>;
  const Vector<T> zero{}, rounder = zero + C::rounder;
  x = x < C::lowest ? zero + C::lowest : x;  // leaves NaN
  x = x > C::highest ? zero + C::highest : x;
  const Vector<T> n = (x * C::log2e + rounder) - rounder;
  const Vector<T> r = ((x - n * C::ln2High) - n * C::ln2Low) + extra;
  const Vector<T> p = r + r * r * polynomial(r, C::series);
  // in two factors, as 2^n alone may be too large or too small for a number
  const Vector<T> half = n * T(0.5) + rounder, first = powerOfTwo<T>(half),
                  second = powerOfTwo<T>((n - (half - rounder)) + rounder), power = first * second;
  return {(1 + p) * first * second, power * p + (power - 1)};
}

}  // namespace
}  // namespace KERNEL_SET
}  // namespace latentcv
