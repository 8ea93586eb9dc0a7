#include "descriptors/near/pair_search.h"

#include <algorithm>

namespace latentcv {

PairSearch::PairSearch(const std::vector<NeighbourGroups>& groups) {
  std::size_t largest = 0;
  for (const NeighbourGroups& each : groups)
    largest = std::max(largest, each.groups.front().size() + each.groups.back().size());
  planes_.assign(6 * padded<double>(largest + pairPadding), 0.0);
}

void PairSearch::takePositions(const std::vector<AtomIndices>& groups, const double* positions) {
  const std::size_t stride = planes_.size() / 6;
  double* at = planes_.data();
  for (const AtomIndices& group : groups)
    for (std::size_t atom : group) {
      at[0] = positions[3 * atom];
      at[stride] = positions[3 * atom + 1];
      at[2 * stride] = positions[3 * atom + 2];
      ++at;
    }
}

bool PairSearch::sortIntoCells(double reach, const AtomIndices& from, const AtomIndices& to,
                               const double* positions, const Box& box) {
  if (from.size() < fewForCells || to.size() < fewForCells || !grid_.sort(reach, to, positions, box))
    return false;
  return std::all_of(from.begin(), from.end(),
                     [&](std::size_t atom) { return grid_.tells(positions + 3 * atom); });
}

Planes PairSearch::differencePlanes() {
  const std::size_t stride = planes_.size() / 6;
  double* first = planes_.data() + 3 * stride;
  return {first, first + stride, first + 2 * stride};
}

/** Behind a slot for the position that is looked from. */
void PairSearch::takeSorted(const AtomIndices& group, const double* positions) {
  const std::size_t stride = planes_.size() / 6;
  double* at = planes_.data() + 1;
  for (std::size_t place : grid_.order()) {
    const double* position = positions + 3 * group[place];
    at[0] = position[0];
    at[stride] = position[1];
    at[2 * stride] = position[2];
    ++at;
  }
}

void PairSearch::lookAround(const double* position, const Box& box) {
  const std::size_t stride = planes_.size() / 6;
  const Planes at = {planes_.data(), planes_.data() + stride, planes_.data() + 2 * stride};
  *at.x = position[0];
  *at.y = position[1];
  *at.z = position[2];
  runs_.clear();
  std::size_t count = 0;
  for (const CellGrid::Run& run : grid_.around(position)) {
    runs_.push_back({0, 1 + run.start, count, run.count});
    count += run.count;
  }
  const Planes apart = differencePlanes();
  pairKernels().subtract(runs_.data(), runs_.size(), at, apart);
  pairKernels().wrap(box.lattice(), count, apart);
}

void PairSearch::keepNear(double squaredReach, std::size_t first) {
  const Planes d = differencePlanes();
  near_.clear();
  for (const PairRun& run : runs_) {
    const std::size_t* places = grid_.order().data() + run.second - 1;
    for (std::size_t m = 0; m < run.count; ++m) {
      const std::size_t c = run.start + m;
      const double squared = d.x[c] * d.x[c] + d.y[c] * d.y[c] + d.z[c] * d.z[c];
      if (!(squared > squaredReach) && places[m] >= first) near_.push_back(places[m]);
    }
  }
  std::sort(near_.begin(), near_.end());
}

Planes PairSearch::differences(std::size_t from, std::size_t to, std::size_t count, const Box& box) {
  const std::size_t stride = planes_.size() / 6;
  const Planes at = {planes_.data(), planes_.data() + stride, planes_.data() + 2 * stride};
  const Planes apart = {at.x + 3 * stride, at.y + 3 * stride, at.z + 3 * stride};
  const PairRun run = {from, to, 0, count};
  pairKernels().subtract(&run, 1, at, apart);
  pairKernels().wrap(box.lattice(), count, apart);
  return apart;
}

}  // namespace latentcv
