// Elementwise functions with their derivatives, see kernels_impl.h. No include guard on purpose.
//
// All but a few come from one exponential, whose two parts keep the digits of derivatives where the function
// is flat. Errors are at most 3 units in the last place for values and 5 for derivatives
// (native/test/kernel_functions_test.cpp holds each).
#include "kernels/erf_impl.h"

namespace latentcv {
namespace KERNEL_SET {
namespace {

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

struct Erf {
  template <typename T>
  static void apply(Vector<T> x, T, T, Vector<T>& y, Vector<T>& d) {
    const Vector<T> z = bounded<T>(absolute<T>(x)), gauss = exponentialOfSquare<T>(z, 1);
    const Vector<T> near = z * polynomial(z * z, ErfConstants<T>::near);
    y = withSign<T>(z < T(0.65) ? near : 1 - complementOfErf<T>(z, gauss), x);
    d = T(1.1283791670955126) * gauss;  // 2/sqrt(pi)
  }
};

// x·Φ(x)
struct Gelu {
  template <typename T>
  static void apply(Vector<T> x, T, T, Vector<T>& y, Vector<T>& d) {
    const Vector<T> z = bounded<T>(absolute<T>(x)), gauss = exponentialOfSquare<T>(z, T(0.5));
    const Vector<T> tail = T(0.5) * complementOfErf<T>(z * T(0.70710678118654752), gauss);
    const Vector<T> cumulative = x < 0 ? tail : 1 - tail;
    y = x * cumulative;
    d = cumulative + withSign<T>(z, x) * (T(0.39894228040143268) * gauss);  // 1/sqrt(2 pi)
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
    {"GeluTanh", applyInVectors<GeluTanh, T>}, {"Erf", applyInVectors<Erf, T>},
    {"Gelu", applyInVectors<Gelu, T>},
};

}  // namespace
}  // namespace KERNEL_SET
}  // namespace latentcv
