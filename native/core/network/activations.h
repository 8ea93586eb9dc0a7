#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <string>

#include "kernels/kernels.h"

namespace latentcv {

// Elementwise functions y(x) with their derivatives d = dy/dx, in ONNX's definitions; `a` and `g` are the
// operator's alpha and gamma. Kernels have faster versions of some, which go first
// (kernels/functions_impl.h).

struct Tanh {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::tanh(x);
    d = 1 - y * y;
  }
};

struct Sigmoid {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    const T e = std::exp(-std::abs(x));  // never overflows
    y = x >= 0 ? 1 / (1 + e) : e / (1 + e);
    d = e / ((1 + e) * (1 + e));
  }
};

struct Relu {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    d = x > 0 ? T(1) : T(0);
    y = x > 0 ? x : T(0);
  }
};

struct LeakyRelu {
  template <typename T>
  static void apply(T x, T a, T, T& y, T& d) {
    d = x > 0 ? T(1) : a;
    y = d * x;
  }
};

struct Elu {
  template <typename T>
  static void apply(T x, T a, T, T& y, T& d) {
    y = x > 0 ? x : a * std::expm1(x);
    d = x > 0 ? T(1) : a * std::exp(x);
  }
};

struct Selu {
  template <typename T>
  static void apply(T x, T a, T g, T& y, T& d) {
    Elu::apply(x, a, g, y, d);
    y *= g;
    d *= g;
  }
};

struct Softplus {
  template <typename T>
  static void apply(T x, T a, T g, T& y, T& d) {
    T s;
    Sigmoid::apply(x, a, g, s, d);
    y = (x > 0 ? x : T(0)) + std::log1p(std::exp(-std::abs(x)));
    d = s;
  }
};

struct Gelu {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    const T cumulative = T(0.5) * (1 + std::erf(x * T(0.70710678118654752)));
    y = x * cumulative;
    d = cumulative + x * T(0.39894228040143268) * std::exp(T(-0.5) * x * x);
  }
};

struct GeluTanh {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    const T c = T(0.79788456080286536), cubic = T(0.044715);  // sqrt(2/pi), onnx.ai's Gelu
    const T t = std::tanh(c * (x + cubic * x * x * x));
    y = T(0.5) * x * (1 + t);
    d = T(0.5) * (1 + t) + T(0.5) * x * (1 - t * t) * c * (1 + 3 * cubic * x * x);
  }
};

struct Erf {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::erf(x);
    d = T(1.1283791670955126) * std::exp(-x * x);  // 2/sqrt(pi)
  }
};

struct Sin {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::sin(x);
    d = std::cos(x);
  }
};

struct Cos {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::cos(x);
    d = -std::sin(x);
  }
};

struct Exp {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::exp(x);
    d = y;
  }
};

struct Mish {
  template <typename T>
  static void apply(T x, T a, T g, T& y, T& d) {
    T softplus, sigmoid;
    Softplus::apply(x, a, g, softplus, sigmoid);
    const T t = std::tanh(softplus);
    y = x * t;
    d = t + x * (1 - t * t) * sigmoid;
  }
};

struct Celu {
  template <typename T>
  static void apply(T x, T a, T, T& y, T& d) {
    y = x > 0 ? x : a * std::expm1(x / a);
    d = x > 0 ? T(1) : std::exp(x / a);
  }
};

struct Softsign {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    const T r = 1 / (1 + std::abs(x));
    y = x * r;
    d = r * r;
  }
};

// At 0, where it has none, the derivative is 0: a force is finite, as that of a length is.
struct Sqrt {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::sqrt(x);
    d = x == 0 ? T(0) : T(0.5) / y;
  }
};

struct Abs {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::abs(x);
    d = x > 0 ? T(1) : x < 0 ? T(-1) : T(0);
  }
};

struct Log {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::log(x);
    d = 1 / x;
  }
};

struct Reciprocal {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = 1 / x;
    d = -y * y;
  }
};

// 1 where x > 0, else 0: what comparisons become
struct Positive {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = x > 0 ? T(1) : T(0);
    d = 0;
  }
};

// 1 where x is not 0, else 0: a cast to bool
struct NotZero {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = x != 0 ? T(1) : T(0);
    d = 0;
  }
};

// A cast to a whole number.
struct Truncated {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::trunc(x);
    d = 0;
  }
};

struct Sign {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = x > 0 ? T(1) : x < 0 ? T(-1) : x;
    d = 0;
  }
};

struct Tan {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::tan(x);
    d = 1 + y * y;
  }
};

struct Sinh {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::sinh(x);
    d = std::cosh(x);
  }
};

struct Cosh {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::cosh(x);
    d = std::sinh(x);
  }
};

struct Atan {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::atan(x);
    d = 1 / (1 + x * x);
  }
};

// (1 − x)(1 + x) keeps the digits that 1 − x² loses near the ends.
struct Asin {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::asin(x);
    d = 1 / std::sqrt((1 - x) * (1 + x));
  }
};

struct Acos {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::acos(x);
    d = -1 / std::sqrt((1 - x) * (1 + x));
  }
};

struct Asinh {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::asinh(x);
    d = 1 / std::hypot(x, T(1));
  }
};

struct Acosh {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::acosh(x);
    d = 1 / (std::sqrt(x - 1) * std::sqrt(x + 1));
  }
};

struct Atanh {
  template <typename T>
  static void apply(T x, T, T, T& y, T& d) {
    y = std::atanh(x);
    d = 1 / ((1 - x) * (1 + x));
  }
};

// x to the power of `a`
struct Power {
  template <typename T>
  static void apply(T x, T a, T, T& y, T& d) {
    y = std::pow(x, a);
    // as of a square root
    d = x == 0 && a > 0 && a < 1 ? T(0) : a * std::pow(x, a - 1);
  }
};

template <typename F, typename T>
void applyToAll(const T* x, T* y, T* d, std::size_t n, T a, T g) {
  for (std::size_t i = 0; i < n; ++i) F::apply(x[i], a, g, y[i], d[i]);
}

/** An elementwise operator, with the default parameters that onnx.ai gives. */
struct ActivationKind {
  const char* name;
  double alpha, gamma;
  ElementwiseFunction<float> inFloat;
  ElementwiseFunction<double> inDouble;
};

template <typename F>
constexpr ActivationKind activation(const char* name, double alpha = 0, double gamma = 0) {
  return {name, alpha, gamma, applyToAll<F, float>, applyToAll<F, double>};
}

/** Whether the derivative may be infinite where x is not. */
inline bool hasUnboundedDerivative(const std::string& function) {
  static constexpr const char* functions[] = {"Exp",  "Log",  "Reciprocal", "Pow",   "Tan",  "Sinh",
                                              "Cosh", "Asin", "Acos",       "Acosh", "Atanh"};
  return std::find(std::begin(functions), std::end(functions), function) != std::end(functions);
}

/** Every elementwise operator with native evaluation. */
constexpr ActivationKind activationKinds[] = {
    activation<Tanh>("Tanh"),
    activation<Sigmoid>("Sigmoid"),
    activation<Relu>("Relu"),
    activation<LeakyRelu>("LeakyRelu", 0.01),
    activation<Elu>("Elu", 1),
    activation<Selu>("Selu", 1.67326319217681884765625, 1.05070102214813232421875),
    activation<Softplus>("Softplus"),
    activation<Gelu>("Gelu"),
    activation<GeluTanh>("GeluTanh"),  // what Gelu means with approximate = "tanh"
    activation<Erf>("Erf"),
    activation<Sin>("Sin"),
    activation<Cos>("Cos"),
    activation<Exp>("Exp"),
    activation<Mish>("Mish"),
    activation<Celu>("Celu", 1),
    activation<Softsign>("Softsign"),
    activation<Sqrt>("Sqrt"),
    activation<Abs>("Abs"),
    activation<Log>("Log"),
    activation<Reciprocal>("Reciprocal"),
    activation<Positive>("Positive"),
    activation<NotZero>("NotZero"),
    activation<Truncated>("Truncated"),
    activation<Sign>("Sign"),
    activation<Tan>("Tan"),
    activation<Sinh>("Sinh"),
    activation<Cosh>("Cosh"),
    activation<Atan>("Atan"),
    activation<Asin>("Asin"),
    activation<Acos>("Acos"),
    activation<Asinh>("Asinh"),
    activation<Acosh>("Acosh"),
    activation<Atanh>("Atanh"),
    activation<Power>("Pow", 2),  // with the exponent as alpha
};

}  // namespace latentcv
