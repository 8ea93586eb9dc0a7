#include "descriptors/optimal_rotation.h"

#include <algorithm>
#include <cmath>

namespace latentcv {
namespace {

using Vector4 = std::array<double, 4>;
using Matrix4 = std::array<Vector4, 4>;

double dot4(const Vector4& a, const Vector4& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
}

/** Horn's matrix, whose quadratic form in a quaternion is Σ w r·(R x). */
Matrix4 quadraticForm(const Matrix3& s) {
  const double xx = s[0][0], yy = s[1][1], zz = s[2][2];
  const double a = s[1][2] - s[2][1], b = s[2][0] - s[0][2], c = s[0][1] - s[1][0];
  const double d = s[0][1] + s[1][0], e = s[2][0] + s[0][2], f = s[1][2] + s[2][1];
  return {
      {{xx + yy + zz, a, b, c}, {a, xx - yy - zz, d, e}, {b, d, -xx + yy - zz, f}, {c, e, f, -xx - yy + zz}}};
}

/** Turns rows and columns i, j of m, and vectors i, j, so that m[i][j] vanishes. */
void rotate(Matrix4& m, Matrix4& vectors, int i, int j) {
  const double half = 0.5 * (m[j][j] - m[i][i]), off = m[i][j];
  const double t = off / (half + std::copysign(std::sqrt(half * half + off * off), half));
  const double c = 1 / std::sqrt(1 + t * t), s = t * c;
  for (int k = 0; k < 4; ++k) {
    const double a = m[k][i], b = m[k][j];
    m[k][i] = c * a - s * b;
    m[k][j] = s * a + c * b;
  }
  for (int k = 0; k < 4; ++k) {
    const double a = m[i][k], b = m[j][k];
    m[i][k] = c * a - s * b;
    m[j][k] = s * a + c * b;
    const double u = vectors[i][k], v = vectors[j][k];
    vectors[i][k] = c * u - s * v;
    vectors[j][k] = s * u + c * v;
  }
  m[i][j] = m[j][i] = 0;
}

/** Jacobi's method: exact to rounding for every symmetric matrix. Rows of the result are eigenvectors. */
Matrix4 diagonalize(Matrix4& m) {
  Matrix4 vectors{{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}};
  // it converges quadratically: six sweeps are many
  for (int sweep = 0; sweep < 30; ++sweep) {
    bool diagonal = true;
    for (int i = 0; i < 4; ++i)
      for (int j = i + 1; j < 4; ++j) {
        const double small = 1e-17 * (std::abs(m[i][i]) + std::abs(m[j][j]));
        if (!(std::abs(m[i][j]) > small)) continue;
        diagonal = false;
        rotate(m, vectors, i, j);
      }
    if (diagonal) break;
  }
  return vectors;
}

Matrix3 matrixOf(const Vector4& q) {
  const auto& [w, x, y, z] = q;
  return {{{w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y)},
           {2 * (x * y + w * z), w * w - x * x + y * y - z * z, 2 * (y * z - w * x)},
           {2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z}}};
}

/** From ∂L/∂R to ∂L/∂q. */
Vector4 byQuaternion(const Matrix3& m, const Vector4& q) {
  const double a = m[2][1] - m[1][2], b = m[0][2] - m[2][0], c = m[1][0] - m[0][1];
  const double d = m[1][0] + m[0][1], e = m[2][0] + m[0][2], f = m[2][1] + m[1][2];
  const double xx = m[0][0], yy = m[1][1], zz = m[2][2];
  const auto& [w, x, y, z] = q;
  return {2 * (w * (xx + yy + zz) + x * a + y * b + z * c), 2 * (w * a + x * (xx - yy - zz) + y * d + z * e),
          2 * (w * b + x * d + y * (-xx + yy - zz) + z * f),
          2 * (w * c + x * e + y * f + z * (-xx - yy + zz))};
}

/** ∂(p·N q)/∂S: what quadraticForm does, backwards. */
Matrix3 byCorrelation(const Vector4& p, const Vector4& q) {
  const auto both = [&](int i, int j) { return p[i] * q[j] + p[j] * q[i]; };
  const double w = p[0] * q[0], x = p[1] * q[1], y = p[2] * q[2], z = p[3] * q[3];
  return {{{w + x - y - z, both(0, 3) + both(1, 2), both(1, 3) - both(0, 2)},
           {both(1, 2) - both(0, 3), w - x + y - z, both(0, 1) + both(2, 3)},
           {both(0, 2) + both(1, 3), both(2, 3) - both(0, 1), w - x - y + z}}};
}

}  // namespace

void OptimalRotation::fit(const Matrix3& correlation) {
  Matrix4 form = quadraticForm(correlation);
  const Matrix4 vectors = diagonalize(form);
  std::array<int, 4> order{0, 1, 2, 3};
  std::sort(order.begin(), order.end(), [&form](int a, int b) { return form[a][a] > form[b][b]; });
  for (int k = 0; k < 4; ++k) {
    values_[k] = form[order[k]][order[k]];
    vectors_[k] = vectors[order[k]];
  }
  matrix_ = matrixOf(vectors_[0]);
}

Matrix3 OptimalRotation::pullBack(const Matrix3& byRotation) const {
  const Vector4 wanted = byQuaternion(byRotation, vectors_[0]);
  Vector4 p{};
  for (int k = 1; k < 4; ++k) {
    const double along = dot4(vectors_[k], wanted) / (values_[0] - values_[k]);
    for (int i = 0; i < 4; ++i) p[i] += along * vectors_[k][i];
  }
  return byCorrelation(p, vectors_[0]);
}

}  // namespace latentcv
