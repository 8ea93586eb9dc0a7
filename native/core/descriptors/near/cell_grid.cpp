#include "descriptors/near/cell_grid.h"

#include <algorithm>
#include <cmath>

namespace latentcv {
namespace {

// with fewer, most pairs are looked at all the same
constexpr std::size_t fewestCells = 216;
/** Along an axis: so many that there are about as many in all as members. */
double mostAlong(std::size_t members) { return std::ceil(std::cbrt(4 * static_cast<double>(members))); }

// what rounding may do to where a member is
constexpr double wider = 1 + 1e-9;

/** Beyond the cells beside the first and the last there is none. */
double clamped(double along, long last) {
  return std::min(std::max(along, -2.0), static_cast<double>(last) + 2);
}

}  // namespace

bool CellGrid::sort(double reach, const AtomIndices& group, const double* positions, const Box& box) {
  periodic_ = box.periodic();
  if (periodic_)
    takeBox(reach, mostAlong(group.size()), box);
  else if (!takeSpace(reach, group, positions))
    return false;
  const std::size_t all = cells_[0] * cells_[1] * cells_[2];
  if (all < fewestCells) return false;
  starts_.assign(all + 1, 0);
  cellOf_.resize(group.size());
  for (std::size_t i = 0; i < group.size(); ++i) {
    std::size_t cell[3];
    if (!this->cellOf(positions + 3 * group[i], cell)) return false;
    cellOf_[i] = (cell[0] * cells_[1] + cell[1]) * cells_[2] + cell[2];
    ++starts_[cellOf_[i] + 1];
  }
  for (std::size_t c = 1; c <= all; ++c) starts_[c] += starts_[c - 1];
  order_.resize(group.size());
  for (std::size_t i = group.size(); i-- > 0;) {
    std::size_t& next = starts_[cellOf_[i] + 1];
    next -= 1;
    order_[next] = i;
  }
  // each start was moved from where its cell ends to where it begins
  for (std::size_t c = 0; c < all; ++c) starts_[c] = starts_[c + 1];
  starts_[all] = group.size();
  return true;
}

/** Cells between planes of the box's lattice; fewer than three along an axis would be beside each other twice. */
void CellGrid::takeBox(double reach, double most, const Box& box) {
  const LatticeView lattice = box.lattice();
  origin_ = {};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double* inverse = lattice.inverse + 3 * axis;
    const double apart =
        1 / std::sqrt(inverse[0] * inverse[0] + inverse[1] * inverse[1] + inverse[2] * inverse[2]);
    const double along = std::floor(std::min(apart / (wider * reach), most));
    cells_[axis] = along >= 3 ? static_cast<std::size_t>(along) : 1;
    for (std::size_t c = 0; c < 3; ++c) scale_[3 * axis + c] = static_cast<double>(cells_[axis]) * inverse[c];
  }
}

bool CellGrid::takeSpace(double reach, const AtomIndices& group, const double* positions) {
  scale_ = {};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    double lowest = INFINITY, highest = -INFINITY;
    for (std::size_t member : group) {
      const double x = positions[3 * member + axis];
      if (!std::isfinite(x)) return false;
      lowest = std::min(lowest, x);
      highest = std::max(highest, x);
    }
    const double size = std::max(wider * reach, (highest - lowest) / mostAlong(group.size()));
    origin_[axis] = lowest;
    scale_[4 * axis] = 1 / size;
    cells_[axis] = static_cast<std::size_t>((highest - lowest) / size) + 1;
  }
  return true;
}

double CellGrid::cellAlong(std::size_t axis, const double* position) const {
  const double* scale = scale_.data() + 3 * axis;
  const double cell = scale[0] * (position[0] - origin_[0]) + scale[1] * (position[1] - origin_[1]) +
                      scale[2] * (position[2] - origin_[2]);
  const double count = static_cast<double>(cells_[axis]);
  return periodic_ ? cell - count * std::floor(cell / count) : cell;
}

bool CellGrid::cellOf(const double* position, std::size_t* cell) const {
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double along = cellAlong(axis, position);
    // what is no number, or so far away that no cell can be told
    if (!(along >= 0 && along <= static_cast<double>(cells_[axis]))) return false;
    // where it is rounded up to the end
    cell[axis] = std::min(static_cast<std::size_t>(along), cells_[axis] - 1);
  }
  return true;
}

bool CellGrid::tells(const double* position) const {
  std::size_t cell[3];
  if (periodic_) return cellOf(position, cell);
  return std::isfinite(position[0]) && std::isfinite(position[1]) && std::isfinite(position[2]);
}

void CellGrid::addRun(std::size_t first, std::size_t last) {
  const std::size_t start = starts_[first], end = starts_[last + 1];
  if (end > start) runs_.push_back({start, end - start});
}

const std::vector<CellGrid::Run>& CellGrid::around(const double* position) {
  runs_.clear();
  // from which cell to which, along each axis; outside of all of them, too, where there is no box
  long from[3], to[3];
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const long last = static_cast<long>(cells_[axis]) - 1;
    const long along = static_cast<long>(std::floor(clamped(cellAlong(axis, position), last)));
    const bool one = cells_[axis] == 1 && periodic_;
    from[axis] = one ? 0 : (periodic_ ? along - 1 : std::max(along - 1, 0L));
    to[axis] = one ? 0 : (periodic_ ? along + 1 : std::min(along + 1, last));
  }
  const auto wrapped = [this](std::size_t axis, long cell) {
    const long count = static_cast<long>(cells_[axis]);
    return static_cast<std::size_t>((cell % count + count) % count);
  };
  for (long a = from[0]; a <= to[0]; ++a)
    for (long b = from[1]; b <= to[1]; ++b) {
      const std::size_t row = (wrapped(0, a) * cells_[1] + wrapped(1, b)) * cells_[2];
      const bool across = periodic_ && (from[2] < 0 || to[2] >= static_cast<long>(cells_[2]));
      if (!across && from[2] <= to[2])
        addRun(row + static_cast<std::size_t>(from[2]), row + static_cast<std::size_t>(to[2]));
      for (long c = from[2]; across && c <= to[2]; ++c) addRun(row + wrapped(2, c), row + wrapped(2, c));
    }
  return runs_;
}

}  // namespace latentcv
