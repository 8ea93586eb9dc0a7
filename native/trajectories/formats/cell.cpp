#include "formats/cell.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "latentcv/error.h"
#include "latentcv/pi.h"

namespace latentcv {
namespace {

[[noreturn]] void refuse(const Cell& cell) {
  std::ostringstream text;
  text << "expected edges and angles of a box but received";
  for (const auto* three : {&cell.lengths, &cell.angles})
    for (const double value : *three) text << ' ' << value;
  throw Error(ErrorCode::badData, text.str());
}

/** Exactly 0 at 90 degrees. */
double cosine(double degrees) { return std::sin((90 - degrees) * pi / 180); }

}  // namespace

bool boxOfCell(const Cell& cell, double perNanometre, std::array<double, 9>& rows) {
  const auto& [a, b, c] = cell.lengths;
  rows = {};
  if (a == 0 && b == 0 && c == 0) return false;
  const auto& [alpha, beta, gamma] = cell.angles;
  for (const double length : cell.lengths)
    if (!(length > 0) || !std::isfinite(length)) refuse(cell);
  for (const double angle : cell.angles)
    if (!(angle > 0 && angle < 180)) refuse(cell);
  const double x = cosine(beta), sine = std::sqrt(1 - cosine(gamma) * cosine(gamma));
  const double y = (cosine(alpha) - x * cosine(gamma)) / sine;
  const double heightSquared = 1 - x * x - y * y;
  if (!(heightSquared > 0)) refuse(cell);
  rows = {a, 0, 0, b * cosine(gamma), b * sine, 0, c * x, c * y, c * std::sqrt(heightSquared)};
  for (double& value : rows) value /= perNanometre;
  return true;
}

}  // namespace latentcv
