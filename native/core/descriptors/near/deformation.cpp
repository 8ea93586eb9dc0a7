#include "descriptors/near/deformation.h"

#include <cmath>

#include "descriptors/vectors.h"

namespace latentcv {
namespace {

using Rows = std::array<Vector3, 3>;

double determinant(const Rows& rows) { return dot(rows[0], cross(rows[1], rows[2])); }

Rows productOf(const Rows& a, const Rows& b) {
  Rows product{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      for (std::size_t k = 0; k < 3; ++k) product[i][j] += a[i][k] * b[k][j];
  return product;
}

Rows inverse(const Rows& rows) {
  const double volume = determinant(rows);
  const Vector3 columns[3] = {cross(rows[1], rows[2]), cross(rows[2], rows[0]), cross(rows[0], rows[1])};
  Rows result{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) result[i][j] = columns[j][i] / volume;
  return result;
}

/** Those vectors of the first box's lattice that are next to the second's; the first's own where they span another. */
Rows sameVectors(const Rows& from, const Rows& inverseOfFrom, const Rows& to) {
  Rows whole = productOf(to, inverseOfFrom);
  for (Vector3& row : whole)
    for (double& number : row) number = std::nearbyint(number);
  return std::abs(determinant(whole)) == 1 ? productOf(whole, from) : from;
}

}  // namespace

double deformation(const Box& from, const Box& to) {
  if (from.rows() == to.rows()) return 0;
  if (from.periodic() != to.periodic()) return INFINITY;
  const Rows vectors = sameVectors(from.rows(), inverse(from.rows()), to.rows());
  // rows of `to` are those of `vectors` times it
  const Rows change = productOf(inverse(vectors), to.rows());
  double sum = 0;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) sum += std::pow(change[i][j] - (i == j ? 1 : 0), 2);
  return std::sqrt(sum);
}

}  // namespace latentcv
