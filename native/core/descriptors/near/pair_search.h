#pragma once

#include <cstddef>
#include <vector>

#include "descriptors/line.h"
#include "descriptors/near/cell_grid.h"
#include "kernels/kernels.h"
#include "kernels/pairs.h"
#include "latentcv/box.h"

namespace latentcv {

/** Pairs of which those nearer than a cutoff are wanted: all within the first group, or across the two. */
struct NeighbourGroups {
  std::vector<AtomIndices> groups;
  double cutoff;
};

/** Looks at all pairs of groups, or at those in cells beside each other, with work space for the largest. */
class PairSearch {
 public:
  explicit PairSearch(const std::vector<NeighbourGroups>& groups);

  /**
   * Calls found(first, second) for each pair of different atoms that is no farther apart than `reach`, in the order of
   * DescriptorLine::pairs. What is not a number is near, so that it shows.
   */
  template <typename Found>
  void within(double reach, const std::vector<AtomIndices>& groups, const double* positions, const Box& box,
              const Found& found) {
    const AtomIndices &from = groups.front(), &to = groups.back();
    const double squaredReach = reach * reach;
    if (sortIntoCells(reach, from, to, positions, box))
      return withinCells(squaredReach, groups, positions, box, found);
    takePositions(groups, positions);
    for (std::size_t i = 0; i < from.size(); ++i) {
      const std::size_t start = groups.size() > 1 ? 0 : i + 1;
      if (start >= to.size()) continue;
      const std::size_t count = to.size() - start;
      const Planes apart = differences(i, groups.size() > 1 ? from.size() : start, count, box);
      for (std::size_t j = 0; j < count; ++j) {
        const double squared = apart.x[j] * apart.x[j] + apart.y[j] * apart.y[j] + apart.z[j] * apart.z[j];
        if (!(squared > squaredReach) && from[i] != to[start + j]) found(from[i], to[start + j]);
      }
    }
  }

 private:
  /** Of fewer, all pairs are looked at in the time that it takes to sort them. */
  static constexpr std::size_t fewForCells = 128;

  bool sortIntoCells(double reach, const AtomIndices& from, const AtomIndices& to, const double* positions,
                     const Box& box);

  template <typename Found>
  void withinCells(double squaredReach, const std::vector<AtomIndices>& groups, const double* positions,
                   const Box& box, const Found& found) {
    const AtomIndices &from = groups.front(), &to = groups.back();
    takeSorted(to, positions);
    const bool within = groups.size() == 1;
    for (std::size_t i = 0; i < from.size(); ++i) {
      lookAround(positions + 3 * from[i], box);
      keepNear(squaredReach, within ? i + 1 : 0);
      for (std::size_t j : near_)
        if (from[i] != to[j]) found(from[i], to[j]);
    }
  }

  void takeSorted(const AtomIndices& group, const double* positions);
  /** Differences to those in the cells around a position. */
  void lookAround(const double* position, const Box& box);
  /** The places of those from this place on that are near, in their order. */
  void keepNear(double squaredReach, std::size_t first);
  Planes differencePlanes();

  void takePositions(const std::vector<AtomIndices>& groups, const double* positions);
  /** From one slot to those that follow another. */
  Planes differences(std::size_t from, std::size_t to, std::size_t count, const Box& box);

  Buffer<double> planes_;  // positions and differences by component
  CellGrid grid_;
  std::vector<PairRun> runs_;
  std::vector<std::size_t> near_;
};

}  // namespace latentcv
