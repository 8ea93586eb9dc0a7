#pragma once

#include <cstddef>
#include <vector>

#include "descriptors/near/pair_search.h"
#include "descriptors/near/watched_places.h"
#include "latentcv/descriptors.h"

namespace latentcv {

/**
 * The pairs of groups that may be nearer than their cutoffs. They are found with a skin, and found anew before any other
 * pair can have come nearer, whatever atoms and box did in between: what `update` leaves is never short of a pair.
 */
class NeighbourList {
 public:
  explicit NeighbourList(std::vector<NeighbourGroups> groups);

  /** See DescriptorBlock. Pairs are then found anew at each telling, and where places are not still. */
  void restrictTo(const NearPlaces* places);

  /** Throws Error where more pairs are near than memory is meant for. */
  void update(const double* positions, const Box& box);

  /** Those of all groups, one after the other; each group's in the order of DescriptorLine::pairs. */
  const std::vector<AtomPair>& pairs() const { return pairs_; }

  /** Where the pairs of these groups end. */
  std::size_t end(std::size_t group) const { return ends_[group]; }

  /** How often pairs were found anew. */
  std::size_t builds() const { return builds_; }

 private:
  void takeAll();
  bool holds(const double* positions, const Box& box) const;
  void build(const double* positions, const Box& box);
  void remember(const double* positions, const Box& box);
  void add(std::size_t first, std::size_t second);

  std::vector<NeighbourGroups> groups_;  // all that there are
  std::vector<NeighbourGroups> taken_;   // of them those that are looked at
  const NearPlaces* near_ = nullptr;
  double skin_, largestCutoff_;
  WatchedPlaces first_, second_;
  Box box_;
  bool built_ = false;
  double farthestFromOrigin_ = 0;
  std::vector<AtomPair> pairs_;
  std::vector<std::size_t> ends_;
  std::size_t builds_ = 0;
  PairSearch search_;
};

}  // namespace latentcv
