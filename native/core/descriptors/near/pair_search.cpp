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
