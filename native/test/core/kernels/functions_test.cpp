// The vectorised functions against their definitions in long double (64 bits of mantissa on x86-64), in units
// in the last place of the result.
#include <limits>
#include <string>

#include "kernels/sets.h"
#include "testing.h"

using namespace latentcv;

namespace {

using Real = long double;

struct Point {
  Real y, d;
};

Point tanhAt(Real x) {
  const Real e = std::exp(-2 * std::abs(x));
  return {std::tanh(x), 4 * e / ((1 + e) * (1 + e))};
}

Point sigmoidAt(Real x) {
  const Real e = std::exp(-std::abs(x));
  return {x >= 0 ? 1 / (1 + e) : e / (1 + e), e / ((1 + e) * (1 + e))};
}

Point expAt(Real x) { return {std::exp(x), std::exp(x)}; }

Point eluAt(Real x, Real a) {
  if (x > 0) return {x, 1};
  return {a * std::expm1(x), a * std::exp(x)};
}

Point celuAt(Real x, Real a) {
  if (x > 0) return {x, 1};
  return {a * std::expm1(x / a), std::exp(x / a)};
}

Point softplusAt(Real x) { return {(x > 0 ? x : 0) + std::log1p(std::exp(-std::abs(x))), sigmoidAt(x).y}; }

Point mishAt(Real x) {
  const Point inner = softplusAt(x), t = tanhAt(inner.y);
  return {x * t.y, t.y + x * t.d * inner.d};
}

Point geluTanhAt(Real x) {
  const Real c = 2 * std::sqrt(2 / std::acos(Real(-1))), k = 0.044715L;
  const Point s = sigmoidAt(c * x * (1 + k * x * x));
  return {x * s.y, s.y + x * s.d * c * (1 + 3 * k * x * x)};
}

Point erfAt(Real x) { return {std::erf(x), 2 / std::sqrt(std::acos(Real(-1))) * std::exp(-x * x)}; }

Point geluAt(Real x) {
  const Real cumulative = std::erfc(-x / std::sqrt(Real(2))) / 2;
  return {x * cumulative, cumulative + x * std::exp(-x * x / 2) / std::sqrt(2 * std::acos(Real(-1)))};
}

/**
 * A function, where it is tried, and the error allowed: in last places of y and
 * d, or of 1 where they are less.
 */
struct Case {
  const char* name;
  Point (*at)(Real x, Real a, Real g);
  double alpha, gamma, reach, lastPlacesOfY, lastPlacesOfD;
  bool absolute;
};

const Case cases[] = {
    {"Tanh", [](Real x, Real, Real) { return tanhAt(x); }, 0, 0, 400, 3, 5, false},
    {"Sigmoid", [](Real x, Real, Real) { return sigmoidAt(x); }, 0, 0, 700, 3, 5, false},
    {"Exp", [](Real x, Real, Real) { return expAt(x); }, 0, 0, 700, 1, 1, false},
    {"Elu", [](Real x, Real a, Real) { return eluAt(x, a); }, 1, 0, 700, 2, 1, false},
    {"Celu", [](Real x, Real a, Real) { return celuAt(x, a); }, 0.5, 0, 300, 2, 1, false},
    {"Selu",
     [](Real x, Real a, Real g) {
       const Point p = eluAt(x, a);
       return Point{g * p.y, g * p.d};
     },
     1.673263192176818847, 1.050701022148132324, 700, 2, 2, false},
    {"Softplus", [](Real x, Real, Real) { return softplusAt(x); }, 0, 0, 700, 3, 3, false},
    {"Erf", [](Real x, Real, Real) { return erfAt(x); }, 0, 0, 26, 3, 5, false},
    {"Gelu", [](Real x, Real, Real) { return geluAt(x); }, 0, 0, 700, 3, 3, true},
    // derivatives that cross zero, and arguments that are polynomials
    {"Mish", [](Real x, Real, Real) { return mishAt(x); }, 0, 0, 700, 3, 2, true},
    {"GeluTanh", [](Real x, Real, Real) { return geluTanhAt(x); }, 0, 0, 700, 3, 2, true},
};

template <typename T>
double lastPlaces(T received, Real expected, bool absolute) {
  using Limits = std::numeric_limits<T>;
  const Real size = std::max(std::abs(expected), absolute ? Real(1) : Real(Limits::min()));
  // the spacing of numbers at `size`
  const Real place = std::ldexp(Real(1), std::ilogb(size) - Limits::digits + 1);
  return static_cast<double>(std::abs(Real(received) - expected) / place);
}

/** Arguments of all magnitudes from the smallest number up, of both signs, and a dense grid about 0. */
template <typename T>
Buffer<T> arguments(double reach) {
  Buffer<T> x;
  for (int e = std::numeric_limits<T>::min_exponent; e < 10; ++e)
    for (double m : {1.0, 1.13, 1.41, 1.77})
      if (std::ldexp(m, e) < reach)
        for (double sign : {-1.0, 1.0}) x.push_back(static_cast<T>(sign * std::ldexp(m, e)));
  for (int i = -40000; i <= 40000; ++i) x.push_back(static_cast<T>(i * 5.00123e-4));
  return x;
}

template <typename T>
struct Results {
  Buffer<T> y, d;
};

template <typename T>
Results<T> apply(const Kernels<T>& set, const char* name, Buffer<T> x, T alpha = 0, T gamma = 0) {
  const std::size_t count = x.size();
  x.resize(padded<T>(count), T(0));
  Results<T> results{Buffer<T>(x.size(), T(7)), Buffer<T>(x.size(), T(7))};
  for (std::size_t i = 0; i < set.functionCount; ++i)
    if (std::string(name) == set.functions[i].name)
      set.functions[i].function(x.data(), results.y.data(), results.d.data(), count, alpha, gamma);
  for (std::size_t i = count; i % set.lanes != 0; ++i) CHECK((results.y[i] == 0 && results.d[i] == 0));
  return results;
}

template <typename T>
void compare(const Kernels<T>& set, const Case& c) {
  const T alpha = static_cast<T>(c.alpha), gamma = static_cast<T>(c.gamma);
  // a single's exponential leaves its range earlier
  const Buffer<T> x = arguments<T>(sizeof(T) == 4 ? c.reach / 8.1 : c.reach);
  const Results<T> results = apply(set, c.name, x, alpha, gamma);
  double worstY = 0, worstD = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const Point expected = c.at(x[i], alpha, gamma);
    worstY = std::max(worstY, lastPlaces(results.y[i], expected.y, c.absolute));
    worstD = std::max(worstD, lastPlaces(results.d[i], expected.d, c.absolute));
  }
  std::printf("%s %s %zu bytes: %.2f and %.2f last places\n", set.name, c.name, sizeof(T), worstY, worstD);
  CHECK(worstY <= c.lastPlacesOfY);
  CHECK(worstD <= c.lastPlacesOfD);
}

template <typename T>
void checkFarOut(const Kernels<T>& set) {
  const T large = std::numeric_limits<T>::max(), infinity = std::numeric_limits<T>::infinity();
  const T nan = std::numeric_limits<T>::quiet_NaN();
  for (std::size_t i = 0; i < set.functionCount; ++i) {
    const char* name = set.functions[i].name;
    const Results<T> r = apply(set, name, {T(0), -T(0), large, -large, infinity, -infinity, nan}, T(1), T(1));
    CHECK((r.y[0] == r.y[1] && r.d[0] == r.d[1]));
    CHECK((std::isfinite(r.y[3]) && std::isfinite(r.d[3])));
    CHECK((std::isnan(r.y[6]) && std::isnan(r.d[6])));
    if (std::string(name) == "Exp") {
      CHECK((r.y[2] == infinity && r.y[4] == infinity && r.y[5] == 0));
    } else {
      CHECK((std::isfinite(r.y[2]) && std::isfinite(r.d[2])));
    }
  }
  const Results<T> tanh = apply(set, "Tanh", {infinity, -infinity, large, -T(0)});
  CHECK((tanh.y[0] == 1 && tanh.y[1] == -1 && tanh.y[2] == 1 && tanh.d[0] == 0 && tanh.d[1] == 0));
  CHECK((std::signbit(tanh.y[3]) && tanh.d[3] == 1));
}

template <typename T>
void checkSet(const Kernels<T>& set) {
  for (const Case& c : cases) compare(set, c);
  checkFarOut(set);
}

}  // namespace

TEST_CASE("functions with 128-bit vectors") {
  checkSet(baseline::kernelSet<double>());
  checkSet(baseline::kernelSet<float>());
}

#if defined(__x86_64__)
TEST_CASE("functions with AVX2, where this processor has it") {
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return;
  checkSet(avx2::kernelSet<double>());
  checkSet(avx2::kernelSet<float>());
}

TEST_CASE("functions with AVX-512, where this processor has it") {
  if (!__builtin_cpu_supports("avx512f")) return;
  checkSet(avx512::kernelSet<double>());
  checkSet(avx512::kernelSet<float>());
}
#endif
