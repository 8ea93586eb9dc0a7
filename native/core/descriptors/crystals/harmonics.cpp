#include "descriptors/crystals/harmonics.h"

#include <cmath>

namespace latentcv {
namespace {

double factorialOf(int n) {
  double product = 1;
  for (int i = 2; i <= n; ++i) product *= i;
  return product;
}

/** Coefficients [degree / 2 + 1] of a derivative of the Legendre polynomial, of every second power from the lowest on. */
std::vector<double> legendreDerivative(int degree, int order, double factor) {
  std::vector<double> coefficients(static_cast<std::size_t>(degree / 2 + 1));
  // P_l(z) = 2^-l Σ (-1)^k (2l - 2k)!/(k! (l - k)! (l - 2k)!) z^(l - 2k)
  for (int k = 0; degree - 2 * k >= order; ++k) {
    const double size = factorialOf(2 * degree - 2 * k) /
                        (factorialOf(k) * factorialOf(degree - k) * factorialOf(degree - 2 * k - order));
    coefficients[static_cast<std::size_t>((degree - order) / 2 - k)] =
        std::ldexp(factor * (k % 2 == 0 ? size : -size), -degree);
  }
  return coefficients;
}

}  // namespace

HarmonicPolynomials::HarmonicPolynomials(int degree) : degree_(degree) {
  for (int m = 0; m <= degree; ++m) {
    const double norm = std::sqrt((m == 0 ? 1 : 2) * factorialOf(degree - m) / factorialOf(degree + m));
    for (double each : legendreDerivative(degree, m, norm)) polynomials_.push_back(each);
    for (double each : legendreDerivative(degree, m + 1, norm)) slopes_.push_back(each);
  }
}

}  // namespace latentcv
