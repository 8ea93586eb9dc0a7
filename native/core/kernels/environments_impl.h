// Densities of neighbours in a basis, see kernels_impl.h. No include guard on purpose.
#include "kernels/crystals_impl.h"

namespace latentcv {
namespace KERNEL_SET {
namespace {

void expandRadially(const Environment& environment, const ExpansionBasis& basis, double* radial,
                    double* slopes) {
  const int functions = basis.functions;
  Doubles gaussians[mostRadialFunctions], steep[mostRadialFunctions];
  for (std::size_t p = 0; p < environment.count; p += pairLanes) {
    const Doubles squared = load(environment.squares + p), weight = load(environment.weights + p),
                  weightSlope = load(environment.slopes + p);
    for (int l = 0; l <= basis.degree; ++l) {
      for (int k = 0; k < functions; ++k) {
        const double exponent = basis.exponents[l * functions + k];
        gaussians[k] = exponential<double>(-exponent * squared).value;
        steep[k] = -exponent * gaussians[k];
      }
      for (int n = 0; n < functions; ++n) {
        const double* factors = basis.factors + (l * functions + n) * functions;
        Doubles value{}, slope{};
        for (int k = 0; k < functions; ++k) {
          value += factors[k] * gaussians[k];
          slope += factors[k] * steep[k];
        }
        const std::size_t at = (l * functions + n) * environment.count + p;
        store(radial + at, weight * value);
        store(slopes + at, weight * slope + weightSlope * value);
      }
    }
  }
}

constexpr int placeOf(int l, int m) { return l * (l + 1) / 2 + m; }
constexpr int mostPolynomials = placeOf(highestExpansionDegree + 1, 0);

/** r^(l − m) times the m-th derivative of the Legendre polynomial P_l(z/r), and the parts of (x + iy)^m. */
struct SolidHarmonics {
  Doubles polynomials[mostPolynomials];
  Doubles real[highestExpansionDegree + 1], imaginary[highestExpansionDegree + 1];

  SolidHarmonics(int degree, Doubles x, Doubles y, Doubles z, Doubles squared) {
    real[0] = Doubles{} + 1;
    imaginary[0] = Doubles{};
    double first = 1;
    for (int m = 0; m <= degree; ++m) {
      if (m > 0) {
        real[m] = real[m - 1] * x - imaginary[m - 1] * y;
        imaginary[m] = real[m - 1] * y + imaginary[m - 1] * x;
        first *= 2 * m - 1;
      }
      polynomials[placeOf(m, m)] = Doubles{} + first;
      if (m < degree) polynomials[placeOf(m + 1, m)] = (2 * m + 1) * first * z;
      for (int l = m + 2; l <= degree; ++l) {
        const double a = static_cast<double>(2 * l - 1) / (l - m),
                     b = static_cast<double>(l + m - 1) / (l - m);
        polynomials[placeOf(l, m)] =
            a * z * polynomials[placeOf(l - 1, m)] - b * squared * polynomials[placeOf(l - 2, m)];
      }
    }
  }

  /** 0 where m is above l. */
  Doubles at(int l, int m) const { return m > l ? Doubles{} : polynomials[placeOf(l, m)]; }
};

void takeHarmonics(const Environment& environment, const ExpansionBasis& basis, double* harmonics) {
  const std::size_t count = environment.count;
  for (std::size_t p = 0; p < count; p += pairLanes) {
    const SolidHarmonics solid(basis.degree, load(environment.x + p), load(environment.y + p),
                               load(environment.z + p), load(environment.squares + p));
    for (int l = 0; l <= basis.degree; ++l) {
      double* to = harmonics + l * l * count + p;
      store(to, basis.norms[placeOf(l, 0)] * solid.at(l, 0));
      for (int m = 1; m <= l; ++m) {
        const Doubles factor = basis.norms[placeOf(l, m)] * solid.at(l, m);
        store(to + (2 * m - 1) * count, factor * solid.real[m]);
        store(to + 2 * m * count, factor * solid.imaginary[m]);
      }
    }
  }
}

/** Adds the products of one harmonic with so many radial functions, summed over neighbours. */
template <int together>
inline void addProductsOf(std::size_t count, const double* harmonic, const double* radial, double* to) {
  Doubles sums[together] = {};
  for (std::size_t p = 0; p < count; p += pairLanes) {
    const Doubles value = load(harmonic + p);
#pragma GCC unroll 4
    for (int n = 0; n < together; ++n) sums[n] += value * load(radial + n * count + p);
  }
  for (int n = 0; n < together; ++n) to[n] += sumOfLanes(sums[n]);
}

void expand(Environment environment, ExpansionBasis basis, double* radial, double* slopes, double* harmonics,
            double* row) {
  const std::size_t count = environment.count;
  expandRadially(environment, basis, radial, slopes);
  takeHarmonics(environment, basis, harmonics);
  for (int l = 0; l <= basis.degree; ++l)
    for (int component = l * l; component < (l + 1) * (l + 1); ++component) {
      const double* harmonic = harmonics + component * count;
      const double* functions = radial + l * basis.functions * count;
      double* to = row + component * basis.functions;
      int n = 0;
      for (; n + 4 <= basis.functions; n += 4)
        addProductsOf<4>(count, harmonic, functions + n * count, to + n);
      for (; n < basis.functions; ++n) addProductsOf<1>(count, harmonic, functions + n * count, to + n);
    }
}

/** Derivatives by one component's products with the radial functions, and by those of their slopes. */
struct ByComponent {
  Doubles value{}, slope{};

  ByComponent(int functions, std::size_t count, const double* radial, const double* slopes,
              const double* byRow) {
    for (int n = 0; n < functions; ++n) {
      value += byRow[n] * load(radial + n * count);
      slope += byRow[n] * load(slopes + n * count);
    }
  }
};

// Of S = Π (x + iy)^m with Π = r^(l − m) P_l^(m)(z/r): ∂S/∂z = (l + m) r^(l − 1 − m) P_(l − 1)^(m) (x + iy)^m, and ∂Π/∂(r²) =
// −1/2 r^(l − 2 − m) P_(l − 1)^(m + 1), which Legendre's own recurrences give.
void pullExpansion(Environment environment, ExpansionBasis basis, const double* radial, const double* slopes,
                   const double* byRow, Planes derivatives) {
  const std::size_t count = environment.count;
  const int functions = basis.functions;
  for (std::size_t p = 0; p < count; p += pairLanes) {
    const Doubles x = load(environment.x + p), y = load(environment.y + p), z = load(environment.z + p);
    const SolidHarmonics solid(basis.degree, x, y, z, load(environment.squares + p));
    Doubles bySquare{}, byX{}, byY{}, byZ{}, along{};
    for (int l = 0; l <= basis.degree; ++l) {
      const double *ofDegree = radial + l * functions * count + p,
                   *slopesOf = slopes + l * functions * count + p, *by = byRow + l * l * functions;
      const ByComponent first(functions, count, ofDegree, slopesOf, by);
      const double norm = basis.norms[placeOf(l, 0)];
      bySquare += norm * first.slope * solid.at(l, 0);
      if (l > 0) {
        along += norm * first.value * solid.at(l - 1, 1);
        byZ += (norm * l) * first.value * solid.at(l - 1, 0);
      }
      for (int m = 1; m <= l; ++m) {
        const ByComponent c(functions, count, ofDegree, slopesOf, by + (2 * m - 1) * functions),
            s(functions, count, ofDegree, slopesOf, by + 2 * m * functions);
        const Doubles factor = basis.norms[placeOf(l, m)] * solid.at(l, m);
        bySquare += factor * (c.slope * solid.real[m] + s.slope * solid.imaginary[m]);
        const double times = m, both = (l + m) * basis.norms[placeOf(l, m)];
        byX += times * factor * (c.value * solid.real[m - 1] + s.value * solid.imaginary[m - 1]);
        byY += times * factor * (s.value * solid.real[m - 1] - c.value * solid.imaginary[m - 1]);
        const Doubles value = c.value * solid.real[m] + s.value * solid.imaginary[m];
        along += basis.norms[placeOf(l, m)] * value * solid.at(l - 1, m + 1);
        byZ += both * value * solid.at(l - 1, m);
      }
    }
    store(derivatives.x + p, byX + x * (2 * bySquare - along));
    store(derivatives.y + p, byY + y * (2 * bySquare - along));
    store(derivatives.z + p, byZ + z * (2 * bySquare));
  }
}

}  // namespace

const EnvironmentKernels& environmentKernelSet() {
  static const EnvironmentKernels set = {expand, pullExpansion};
  return set;
}

}  // namespace KERNEL_SET
}  // namespace latentcv
