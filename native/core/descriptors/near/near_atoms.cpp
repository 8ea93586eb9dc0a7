#include "descriptors/near/near_atoms.h"

#include <algorithm>
#include <cmath>

#include "descriptors/near/deformation.h"

namespace latentcv {
namespace {

constexpr double farSkinOfCutoff = 0.5;

/** As far as motion is measured: what uses up less of the skin than this is told as this. */
constexpr double leastMeasured = 1.0 / 64;

AtomIndices membersOf(const std::vector<NeighbourGroups>& groups) {
  AtomIndices all;
  for (const NeighbourGroups& each : groups)
    for (const AtomIndices& group : each.groups) all.insert(all.end(), group.begin(), group.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace

NearAtoms::NearAtoms(std::vector<NeighbourGroups> groups, const std::vector<bool>& needed, std::size_t atoms,
                     double skin)
    : groups_(std::move(groups)),
      needed_(needed.begin(), needed.end()),
      atomCount_(atoms),
      members_(membersOf(groups_)),
      all_(members_),
      search_(groups_) {
  double largest = 0;
  for (const NeighbourGroups& each : groups_) largest = std::max(largest, each.cutoff);
  skin_ = skin > 0 ? skin : farSkinOfCutoff * largest;
  reach_ = largest + skin_;
  std::fill(needed_.begin() + static_cast<std::ptrdiff_t>(atoms), needed_.end(), 1);
  near_.skin = skin_;
  // many by few is what the search is fast at
  for (NeighbourGroups& each : groups_)
    if (each.groups.front().size() > each.groups.back().size())
      std::swap(each.groups.front(), each.groups.back());
}

void NearAtoms::look(const double* positions, const Box& box) {
  used_ = looked_ ? usedBy(all_, positions, box, leastMeasured) : 0;
  looked_ = true;
  box_ = box;
  all_.remember(positions);
  farthestFromOrigin_ = all_.farthestFromOrigin();
  select(positions, box);
  seen_.remember(positions);
  near_.still = true;
}

// Half of the skin is enough to know: then all are looked at.
void NearAtoms::follow(const double* positions, const Box& box) {
  used_ = usedBy(seen_, positions, box, 0.5);
  near_.still = used_ <= 0.5;
}

// Two atoms that were farther apart than cutoff and skin are still farther than the cutoff where neither went farther against
// the box than half of what the box left of the skin: see NeighbourList::holds.
double NearAtoms::usedBy(const WatchedPlaces& watched, const double* positions, const Box& box,
                         double least) {
  const double stretch = deformation(box_, box);
  const double byBox = stretch > 0 ? stretch * (reach_ + 2 * farthestFromOrigin_) : 0;
  const double left = skin_ - byBox, enough = std::max(0.0, (least * skin_ - byBox) / 2);
  const double farthest = left > 0 ? watched.farthest(positions, box, enough, left / 2) : INFINITY;
  const double used = farthest == enough ? std::max(least, byBox / skin_) : (2 * farthest + byBox) / skin_;
  if (used <= 1) return used;
  farthest_ = watched.farthestMove(positions, box);
  return std::isnan(used) ? INFINITY : used;
}

void NearAtoms::select(const double* positions, const Box& box) {
  near_.given = needed_;
  for (const NeighbourGroups& each : groups_)
    search_.within(
        each.cutoff + skin_, each.groups, positions, box,
        [this](std::size_t first, std::size_t second) { near_.given[first] = near_.given[second] = 1; });
  atoms_.clear();
  for (std::size_t atom = 0; atom < atomCount_; ++atom)
    if (near_.given[atom]) atoms_.push_back(atom);
  AtomIndices seen;
  for (std::size_t member : members_)
    if (near_.given[member]) seen.push_back(member);
  seen_ = WatchedPlaces(std::move(seen));
}

}  // namespace latentcv
