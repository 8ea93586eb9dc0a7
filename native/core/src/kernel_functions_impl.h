// Elementwise functions with their derivatives, see kernels_impl.h. No include guard on purpose.
//
// All come from one exponential: exp(x) = 2^n·(1 + p), where n is x/ln 2 rounded to a whole number and
// p = exp(x − n ln 2) − 1 is Taylor's series for |x − n ln 2| ≤ ln 2/2. p and 2^n apart give exp(x) − 1
// without cancellation, and derivatives keep their digits where the function is flat. Errors are at most 3
// units in the last place for values and 5 for derivatives (native/test/kernel_functions_test.cpp holds
// each).
#include "kernel_vectors_impl.h"

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

template <typename T>
inline Exponential<T> exponential(Vector<T> x) {
  using C = ExponentialConstants<T>;
  const Vector<T> zero{}, rounder = zero + C::rounder;
  x = x < C::lowest ? zero + C::lowest : x;  // leaves NaN
  x = x > C::highest ? zero + C::highest : x;
  const Vector<T> n = (x * C::log2e + rounder) - rounder;
  const Vector<T> r = (x - n * C::ln2High) - n * C::ln2Low;
  Vector<T> q = zero + C::series[0];
#pragma GCC unroll 16
  for (unsigned i = 1; i < sizeof(C::series) / sizeof(T); ++i) q = q * r + C::series[i];
  const Vector<T> p = r + r * r * q;
  // in two factors, as 2^n alone may be too large or too small for a number
  const Vector<T> half = n * T(0.5) + rounder, first = powerOfTwo<T>(half),
                  second = powerOfTwo<T>((n - (half - rounder)) + rounder), power = first * second;
  return {(1 + p) * first * second, power * p + (power - 1)};
}

struct Tanh {
  template <typename T>
  static void apply(Vector<T> x, T, T, Vector<T>& y, Vector<T>& d) {
    const Exponential<T> e = exponential<T>(-2 * absolute<T>(x));
    const Vector<T> q = 1 / (2 + e.minusOne);
    y = withSign<T>(-e.minusOne * q, x);
    d = 4 * e.value * q * q;
  }
};

// y = 1/(1 + exp(−x)); the smaller of exp(x) and exp(−x) comes with it
template <typename T>
inline Vector<T> sigmoid(Vector<T> x, Vector<T>& y, Vector<T>& d) {
  const Vector<T> e = exponential<T>(-absolute<T>(x)).value, q = 1 / (1 + e);
  y = x >= 0 ? q : e * q;
  d = e * q * q;
  return e;
}

struct Sigmoid {
  template <typename T>
  static void apply(Vector<T> x, T, T, Vector<T>& y, Vector<T>& d) {
    sigmoid<T>(x, y, d);
  }
};

struct Exp {
  template <typename T>
  static void apply(Vector<T> x, T, T, Vector<T>& y, Vector<T>& d) {
    y = d = exponential<T>(x).value;
  }
};

// a·(exp(x/b) − 1) below 0
template <typename T>
inline void elu(Vector<T> x, T a, T b, Vector<T>& y, Vector<T>& d) {
  const Vector<T> zero{};
  const Exponential<T> e = exponential<T>((x > 0 ? zero : x) / b);
  y = x > 0 ? x : a * e.minusOne;
  d = x > 0 ? zero + 1 : a / b * e.value;
}

struct Elu {
  template <typename T>
  static void apply(Vector<T> x, T a, T, Vector<T>& y, Vector<T>& d) {
    elu<T>(x, a, 1, y, d);
  }
};

struct Celu {
  template <typename T>
  static void apply(Vector<T> x, T a, T, Vector<T>& y, Vector<T>& d) {
    elu<T>(x, a, a, y, d);
  }
};

struct Selu {
  template <typename T>
  static void apply(Vector<T> x, T a, T g, Vector<T>& y, Vector<T>& d) {
    elu<T>(x, a, 1, y, d);
    y *= g;
    d *= g;
  }
};

// log(1 + u) for 0 ≤ u ≤ 1 by the series of atanh(v/(2 + v)), after halving where u is large
template <typename T>
inline Vector<T> logOfOnePlus(Vector<T> u) {
  constexpr int terms = sizeof(T) == 8 ? 11 : 5;
  const Vector<T> zero{};
  const auto large = u > T(0.41421356);
  const Vector<T> v = large ? (u - 1) * T(0.5) : u, s = v / (2 + v), square = s * s;
  Vector<T> series = zero + T(1) / (2 * terms + 1);
#pragma GCC unroll 16
  for (int k = terms - 1; k > 0; --k) series = series * square + T(1) / (2 * k + 1);
  const Vector<T> twice = 2 * s, logOfV = twice + twice * square * series;
  return large ? logOfV + T(0.69314718055994531) : logOfV;
}

struct Softplus {
  template <typename T>
  static void apply(Vector<T> x, T, T, Vector<T>& y, Vector<T>& d) {
    const Vector<T> zero{};
    Vector<T> slope;
    const Vector<T> e = sigmoid<T>(x, d, slope), positive = x < 0 ? zero : x;
    y = positive + logOfOnePlus<T>(e);
  }
};

// x·tanh(softplus(x)): that tanh is n/m with m − n what is left out of 1
struct Mish {
  template <typename T>
  static void apply(Vector<T> x, T, T, Vector<T>& y, Vector<T>& d) {
    const Vector<T> zero{}, e = exponential<T>(-absolute<T>(x)).value;
    const Vector<T> n = x < 0 ? e * (e + 2) : 2 * e + 1, rest = x < 0 ? zero + 2 : 2 * e * e,
                    q = 1 / (n + rest);
    y = x * (n * q);
    // x·(1 − tanh²)·sigmoid(x) = x·4·exp(x)·… over m², written so that nothing overflows
    d = n * q + x * (4 * e * (x < 0 ? zero + 1 : e) * (1 + e) * q * q);
  }
};

// x/2·(1 + tanh(c·(x + 0.044715 x³))) = x·sigmoid(2c·(…)); far out the sigmoid is 0 or 1 already
struct GeluTanh {
  template <typename T>
  static void apply(Vector<T> x, T, T, Vector<T>& y, Vector<T>& d) {
    const T c = T(1.5957691216057307), cubic = T(0.044715), far = 100;  // 2 sqrt(2/pi), onnx.ai's Gelu
    const Vector<T> zero{};
    Vector<T> bounded = x < -far ? zero - far : x, s, slope;
    bounded = bounded > far ? zero + far : bounded;
    const Vector<T> square = bounded * bounded;
    sigmoid<T>(c * bounded * (1 + cubic * square), s, slope);
    y = x * s;
    d = s + bounded * slope * (c * (1 + 3 * cubic * square));
  }
};

template <typename F, typename T>
void applyInVectors(const T* x, T* y, T* d, std::size_t n, T a, T g) {
  constexpr std::size_t lanes = lanesOf<T>;
  std::size_t i = 0;
  for (; i < n; i += lanes) {
    Vector<T> value, derivative;
    F::template apply<T>(load(x + i), a, g, value, derivative);
    store(y + i, value);
    store(d + i, derivative);
  }
  // the padding stays zero
  for (std::size_t k = n; k < i; ++k) y[k] = d[k] = 0;
}

template <typename T>
constexpr VectorFunction<T> vectorFunctions[] = {
    {"Tanh", applyInVectors<Tanh, T>},         {"Sigmoid", applyInVectors<Sigmoid, T>},
    {"Exp", applyInVectors<Exp, T>},           {"Elu", applyInVectors<Elu, T>},
    {"Celu", applyInVectors<Celu, T>},         {"Selu", applyInVectors<Selu, T>},
    {"Softplus", applyInVectors<Softplus, T>}, {"Mish", applyInVectors<Mish, T>},
    {"GeluTanh", applyInVectors<GeluTanh, T>},
};

}  // namespace
}  // namespace KERNEL_SET
}  // namespace latentcv
