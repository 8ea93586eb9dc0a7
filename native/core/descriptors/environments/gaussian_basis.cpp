#include "descriptors/environments/gaussian_basis.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "descriptors/line.h"
#include "latentcv/pi.h"

namespace latentcv {
namespace {

constexpr double decay = 1e-3;  // where a radial function ends
// of a function's square, what the others before it do not make up: below, double precision holds no digit of it
constexpr double leastNew = 1e-12;

/** In more digits than double, which the inverse root of an overlap would lose. */
using Matrix = std::vector<std::vector<long double>>;

/** One rotation of Jacobi's, after which the element (p, q) is 0; false where it does not count any more. */
bool rotate(Matrix& a, Matrix& vectors, std::size_t p, std::size_t q) {
  if (std::abs(a[p][q]) <= 1e-21L * std::sqrt(std::abs(a[p][p] * a[q][q]))) return false;
  const long double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const long double t = (theta < 0 ? -1 : 1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
  const long double c = 1 / std::sqrt(t * t + 1), s = t * c;
  for (std::size_t k = 0; k < a.size(); ++k) {
    const long double x = a[k][p], y = a[k][q];
    a[k][p] = c * x - s * y;
    a[k][q] = s * x + c * y;
  }
  for (std::size_t k = 0; k < a.size(); ++k) {
    const long double x = a[p][k], y = a[q][k];
    a[p][k] = c * x - s * y;
    a[q][k] = s * x + c * y;
    const long double u = vectors[k][p], v = vectors[k][q];
    vectors[k][p] = c * u - s * v;
    vectors[k][q] = s * u + c * v;
  }
  return true;
}

/** Makes a symmetric matrix diagonal, and rotates the columns of `vectors` with it. */
void diagonalise(Matrix& a, Matrix& vectors) {
  // each sweep squares what is left; a dozen functions need fewer than ten
  bool rotated = true;
  for (int sweep = 0; rotated && sweep < 30; ++sweep) {
    rotated = false;
    for (std::size_t p = 0; p < a.size(); ++p)
      for (std::size_t q = p + 1; q < a.size(); ++q) rotated = rotate(a, vectors, p, q) || rotated;
  }
}

Matrix identity(std::size_t size) {
  Matrix one(size, std::vector<long double>(size, 0));
  for (std::size_t i = 0; i < size; ++i) one[i][i] = 1;
  return one;
}

/** The symmetric inverse square root of a symmetric matrix. */
Matrix inverseRoot(Matrix a) {
  const std::size_t size = a.size();
  Matrix vectors = identity(size), root(size, std::vector<long double>(size, 0));
  diagonalise(a, vectors);
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j < size; ++j)
      for (std::size_t k = 0; k < size; ++k) root[i][j] += vectors[i][k] * vectors[j][k] / std::sqrt(a[k][k]);
  return root;
}

/** The decay points of the radial functions, Å: equal steps from 1 to the cutoff. */
double endOf(int function, int functions, double cutoff) {
  return functions == 1 ? 1 : 1 + (cutoff - 1) * function / (functions - 1);
}

/** ∫ r^(2 l + 2) exp(−(a + b) r²) dr */
long double overlap(int degree, long double exponents) {
  return 0.5L * std::tgamma(degree + 1.5L) * std::pow(exponents, -(degree + 1.5L));
}

std::vector<double> exponentsOf(const ExpansionSettings& settings, int degree) {
  std::vector<double> alphas;
  for (int n = 0; n < settings.functions; ++n) {
    const double end = endOf(n, settings.functions, angstromsInNanometre * settings.cutoff);
    alphas.push_back(-std::log(decay / std::pow(end, degree)) / (end * end));
  }
  return alphas;
}

/** The overlap of functions of length 1. */
double cosineOf(double a, double b, int degree) {
  return std::pow(2 * std::sqrt(a) * std::sqrt(b) / (a + b), degree + 1.5);
}

double factorialRatio(int from, int to) {
  double product = 1;
  for (int i = from + 1; i <= to; ++i) product *= i;
  return product;
}

}  // namespace

// Pivots of Cholesky's factorisation, which cost nothing beside the basis itself: each line of a file is asked.
void expectToldApart(const ExpansionSettings& settings) {
  const std::size_t count = static_cast<std::size_t>(settings.functions);
  for (int l = 0; l <= settings.degree; ++l) {
    const std::vector<double> alphas = exponentsOf(settings, l);
    double factor[mostRadialFunctions][mostRadialFunctions];
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t j = 0; j <= i; ++j) {
        double left = cosineOf(alphas[i], alphas[j], l);
        for (std::size_t k = 0; k < j; ++k) left -= factor[i][k] * factor[j][k];
        if (i == j && !(left > leastNew))
          throw Malformed{
              "fewer radial functions, or another cutoff: so many overlap too much to be told apart"};
        factor[i][j] = i == j ? std::sqrt(left) : left / factor[j][j];
      }
  }
}

GaussianBasis::GaussianBasis(const ExpansionSettings& settings)
    : functions_(settings.functions), degree_(settings.degree) {
  const std::size_t count = static_cast<std::size_t>(functions_);
  const double sigma = angstromsInNanometre * settings.sigma;
  const double width = 1 / (2 * sigma * sigma);
  for (int l = 0; l <= degree_; ++l) {
    const std::vector<double> alphas = exponentsOf(settings, l);
    Matrix overlaps(count, std::vector<long double>(count));
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t j = 0; j < count; ++j)
        overlaps[i][j] = overlap(l, static_cast<long double>(alphas[i]) + alphas[j]);
    const Matrix betas = inverseRoot(overlaps);
    for (double alpha : alphas) exponents_.push_back(alpha / (1 + alpha / width));
    for (std::size_t n = 0; n < count; ++n)
      for (std::size_t k = 0; k < count; ++k)
        factors_.push_back(static_cast<double>(betas[n][k]) * std::pow(pi / (width + alphas[k]), 1.5) *
                           std::pow(width / (width + alphas[k]), l));
    for (int m = 0; m <= l; ++m)
      norms_.push_back(std::sqrt((m == 0 ? 1 : 2) * (2 * l + 1) / (4 * pi) / factorialRatio(l - m, l + m)));
  }
  for (std::size_t n = 0; n < count; ++n) {
    double sum = 0;
    for (std::size_t k = 0; k < count; ++k) sum += factors_[n * count + k];
    atOrigin_.push_back(norms_[0] * sum);
  }
}

}  // namespace latentcv
