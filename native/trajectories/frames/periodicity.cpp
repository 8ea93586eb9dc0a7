#include "frames/periodicity.h"

#include <algorithm>
#include <cmath>

namespace latentcv {
namespace {

using Vector = std::array<double, 3>;

double dot(const Vector& a, const Vector& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

/** The diagonal of what encloses the positions. */
double extentOf(const std::vector<double>& positions) {
  double sum = 0;
  for (std::size_t axis = 0; axis < 3 && !positions.empty(); ++axis) {
    double low = positions[axis], high = low;
    for (std::size_t i = axis; i < positions.size(); i += 3) {
      low = std::min(low, positions[i]);
      high = std::max(high, positions[i]);
    }
    sum += (high - low) * (high - low);
  }
  return std::sqrt(sum);
}

/** Without its parts along unit vectors, of length 1; zero where nothing is left. */
Vector perpendicular(Vector vector, const std::vector<Vector>& units) {
  const double before = std::sqrt(dot(vector, vector));
  // twice: what rounding leaves of the first time is removed by the second
  for (int i = 0; i < 2; ++i)
    for (const Vector& unit : units) {
      const double part = dot(vector, unit);
      for (std::size_t axis = 0; axis < 3; ++axis) vector[axis] -= part * unit[axis];
    }
  const double length = std::sqrt(dot(vector, vector));
  if (!(length > 1e-6 * before)) return {};
  for (double& component : vector) component /= length;
  return vector;
}

/** A unit vector perpendicular to others, as near as may be to `wanted`. */
Vector freeDirection(const Vector& wanted, const std::vector<Vector>& units) {
  for (const Vector& candidate : {wanted, Vector{0, 0, 1}, Vector{0, 1, 0}, Vector{1, 0, 0}})
    if (const Vector found = perpendicular(candidate, units); dot(found, found) > 0) return found;
  return {};
}

}  // namespace

void openBox(Snapshot& snapshot) {
  const auto& periodic = snapshot.periodic;
  if (!snapshot.hasBox || std::count(periodic.begin(), periodic.end(), false) == 0) return;
  snapshot.hasBox = std::count(periodic.begin(), periodic.end(), true) > 0;
  const auto row = [&](std::size_t i) {
    return Vector{snapshot.box[3 * i], snapshot.box[3 * i + 1], snapshot.box[3 * i + 2]};
  };
  std::vector<Vector> units;
  double longest = extentOf(snapshot.positions);
  for (std::size_t i = 0; i < 3; ++i) {
    longest = std::max(longest, std::sqrt(dot(row(i), row(i))));
    if (periodic[i]) units.push_back(perpendicular(row(i), units));
  }
  for (std::size_t i = 0; i < 3; ++i) {
    if (periodic[i]) continue;
    units.push_back(freeDirection(row(i), units));
    for (std::size_t axis = 0; axis < 3; ++axis)
      snapshot.box[3 * i + axis] = 4 * longest * units.back()[axis];
  }
}

std::string periodicityNote(const std::array<bool, 3>& periodic) {
  std::string open;
  for (std::size_t i = 0; i < 3; ++i)
    if (!periodic[i]) open += (open.empty() ? "" : " and ") + std::string(1, "abc"[i]);
  if (open.empty()) return "";
  if (open == "a and b and c")
    return "its run was not periodic, so its box is none here; where a program gives PLUMED that box all the "
           "same, as LAMMPS does, distances are folded into it unless ‘pbc’ puts NOPBC into the model";
  return "its run was not periodic along " + open +
         ", so no minimum image is taken there; PLUMED takes one along all three vectors of a box: in a "
         "biased run the box must be longer there than twice what is measured";
}

}  // namespace latentcv
