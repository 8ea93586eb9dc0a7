#pragma once

#include <cstddef>
#include <vector>

#include "descriptors/line.h"
#include "kernels/kernels.h"
#include "kernels/pairs.h"
#include "latentcv/box.h"

namespace latentcv {

/** Pairs of which those nearer than a cutoff are wanted: all within the first group, or across the two. */
struct NeighbourGroups {
  std::vector<AtomIndices> groups;
  double cutoff;
};

/**
 * The pairs of groups that may be nearer than their cutoffs. They are found with a skin, and found anew before any other
 * pair can have come nearer, whatever atoms and box did in between: what `update` leaves is never short of a pair.
 */
class NeighbourList {
 public:
  explicit NeighbourList(std::vector<NeighbourGroups> groups);

  /** Throws Error where more pairs are near than memory is meant for. */
  void update(const double* positions, const Box& box);

  /** Those of all groups, one after the other; each group's in the order of DescriptorLine::pairs. */
  const std::vector<AtomPair>& pairs() const { return pairs_; }

  /** Where the pairs of these groups end. */
  std::size_t end(std::size_t group) const { return ends_[group]; }

  /** How often pairs were found anew. */
  std::size_t builds() const { return builds_; }

 private:
  /** Atoms one after the other in a frame, from the first. */
  struct Run {
    std::size_t first, count;
  };

  /** Atoms that are watched, and where they were when the pairs were found. */
  struct Watched {
    std::vector<Run> runs;
    std::vector<double> before;

    explicit Watched(const std::vector<const AtomIndices*>& groups);
    void remember(const double* positions);
    /** The farthest that one of them went, or `enough` where none went so far; beyond `limit` it may be more. */
    double farthest(const double* positions, const Box& box, double enough, double limit) const;
    double farthestFromOrigin() const;
  };

  bool holds(const double* positions, const Box& box) const;
  void build(const double* positions, const Box& box);
  void buildByDistances(const NeighbourGroups& groups, const double* positions, const Box& box);
  void add(std::size_t first, std::size_t second);

  std::vector<NeighbourGroups> groups_;
  double skin_, largestCutoff_;
  Watched first_, second_;
  Box box_;
  double farthestFromOrigin_ = 0;
  std::vector<AtomPair> pairs_;
  std::vector<std::size_t> ends_;
  std::size_t builds_ = 0;
  Buffer<double> planes_;  // work space: positions and differences by component
};

}  // namespace latentcv
