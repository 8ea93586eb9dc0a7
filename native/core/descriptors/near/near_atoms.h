#pragma once

#include <cstddef>
#include <vector>

#include "descriptors/near/pair_search.h"
#include "descriptors/near/watched_places.h"
#include "latentcv/descriptors.h"

namespace latentcv {

/**
 * Which atoms matter until all are looked at again. Some are nothing but partners of coordinations with a cutoff: those that are
 * farther from all that they pair with than the cutoff and a skin cannot come within it before motion has used up the skin.
 */
class NearAtoms {
 public:
  /**
   * `needed` says of the atoms, and of the points behind them, which matter wherever they are. A skin of 0 stands for half of
   * the largest cutoff.
   */
  NearAtoms(std::vector<NeighbourGroups> groups, const std::vector<bool>& needed, std::size_t atoms,
            double skin);

  double skin() const { return skin_; }

  /** Finds the near ones anew, at these positions [atoms and points], all of them. */
  void look(const double* positions, const Box& box);

  /** At positions of which those of near atoms, and of points, are the present ones. */
  void follow(const double* positions, const Box& box);

  /** The near ones, and all that are needed; ascending. */
  const AtomIndices& atoms() const { return atoms_; }

  /** The same, and all points, by place. */
  const NearPlaces& places() const { return near_; }

  /**
   * The part of the skin that motion of atoms and box has used up since the last look, at the one before a look or as far as
   * the near ones tell; half of it, where that was more than was looked for. A far atom may have come within a cutoff beyond 1.
   */
  double skinUsed() const { return used_; }

  /** Who went farthest, where skinUsed() is beyond 1. */
  const WatchedPlaces::Move& farthestMove() const { return farthest_; }

 private:
  double usedBy(const WatchedPlaces& watched, const double* positions, const Box& box, double least);
  void select(const double* positions, const Box& box);

  std::vector<NeighbourGroups> groups_;
  std::vector<char> needed_;
  NearPlaces near_;
  std::size_t atomCount_;
  double skin_, reach_;
  AtomIndices atoms_, members_;  // of groups
  WatchedPlaces all_, seen_;     // of members
  WatchedPlaces::Move farthest_{0, 0};
  Box box_;
  bool looked_ = false;
  double used_ = 0, farthestFromOrigin_ = 0;
  PairSearch search_;
};

}  // namespace latentcv
