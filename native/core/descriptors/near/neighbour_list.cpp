#include "descriptors/near/neighbour_list.h"

#include <algorithm>
#include <string>

#include "descriptors/near/deformation.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

// Of the largest cutoff. Water moves so far in some hundred steps, and half of the pairs found are within the cutoff.
constexpr double skinOfCutoff = 0.2;

constexpr std::size_t mostNearPairs = std::size_t{1} << 24;

/** Atoms of the first groups, or of the second ones (the only group is both). */
AtomIndices side(const std::vector<NeighbourGroups>& groups, bool second) {
  AtomIndices all;
  for (const NeighbourGroups& each : groups) {
    const AtomIndices& group = second ? each.groups.back() : each.groups.front();
    all.insert(all.end(), group.begin(), group.end());
  }
  return all;
}

}  // namespace

NeighbourList::NeighbourList(std::vector<NeighbourGroups> groups)
    : groups_(std::move(groups)), search_(groups_) {
  largestCutoff_ = 0;
  for (const NeighbourGroups& each : groups_) largestCutoff_ = std::max(largestCutoff_, each.cutoff);
  ends_.resize(groups_.size());
  takeAll();
}

void NeighbourList::takeAll() {
  taken_ = groups_;
  skin_ = skinOfCutoff * largestCutoff_;
  first_ = WatchedPlaces(side(taken_, false));
  second_ = WatchedPlaces(side(taken_, true));
}

void NeighbourList::restrictTo(const NearPlaces* places) {
  near_ = places;
  built_ = false;
  if (!places) return takeAll();
  skin_ = places->skin / 2;
  for (std::size_t i = 0; i < groups_.size(); ++i)
    for (std::size_t g = 0; g < groups_[i].groups.size(); ++g) {
      AtomIndices& taken = taken_[i].groups[g];
      taken.clear();
      for (std::size_t place : groups_[i].groups[g])
        if (places->given[place]) taken.push_back(place);
    }
}

void NeighbourList::update(const double* positions, const Box& box) {
  const bool good = built_ && (near_ ? near_->still : holds(positions, box));
  if (!good) build(positions, box);
  // what was found of places that are no longer still, is good for this step alone
  if (near_) built_ = near_->still;
}

// A pair that was farther apart than cutoff + skin, in every image, is still farther than the cutoff where the box
// stretched that by no more than it did, and neither atom went farther than it did against the box. What an atom
// goes against the box is what it goes, but for what the box itself moves it.
bool NeighbourList::holds(const double* positions, const Box& box) const {
  const double stretch = deformation(box_, box);
  const double slack =
      skin_ - stretch * (largestCutoff_ + skin_) - (stretch > 0 ? 2 * stretch * farthestFromOrigin_ : 0);
  if (!(slack > 0)) return false;
  // a few may move little; what they leave is for the many
  const double first = first_.farthest(positions, box, slack / 8, slack);
  if (!(first < slack)) return false;
  const double rest = slack - first;
  return second_.farthest(positions, box, rest * (1 - 1e-12), slack) <= rest;
}

void NeighbourList::build(const double* positions, const Box& box) {
  ++builds_;
  built_ = true;
  if (!near_) remember(positions, box);
  pairs_.clear();
  for (std::size_t i = 0; i < taken_.size(); ++i) {
    search_.within(taken_[i].cutoff + skin_, taken_[i].groups, positions, box,
                   [this](std::size_t first, std::size_t second) { add(first, second); });
    ends_[i] = pairs_.size();
  }
}

void NeighbourList::remember(const double* positions, const Box& box) {
  box_ = box;
  first_.remember(positions);
  second_.remember(positions);
  farthestFromOrigin_ = std::max(first_.farthestFromOrigin(), second_.farthestFromOrigin());
}

void NeighbourList::add(std::size_t first, std::size_t second) {
  if (pairs_.size() == mostNearPairs)
    throw Error(ErrorCode::badData, "expected at most " + std::to_string(mostNearPairs) +
                                        " pairs of atoms within DMAX of each other but there are more");
  pairs_.push_back({first, second});
}

}  // namespace latentcv
