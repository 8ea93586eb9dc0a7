#pragma once

#include <cstddef>
#include <vector>

#include "descriptors/line.h"
#include "latentcv/box.h"

namespace latentcv {

/** Atoms and points that are watched, and where they were when they were last remembered. */
class WatchedPlaces {
 public:
  /** A place may stand several times among them. */
  explicit WatchedPlaces(AtomIndices places = {});

  void remember(const double* positions);

  /**
   * The farthest that one of them went, or `enough` where none went so far; beyond `limit` it may be more. NaN where a
   * coordinate is not finite.
   */
  double farthest(const double* positions, const Box& box, double enough, double limit) const;

  /** Which of them went farthest, in its nearest image, and how far. */
  struct Move {
    std::size_t place;
    double distance;
  };
  Move farthestMove(const double* positions, const Box& box) const;

  double farthestFromOrigin() const;

 private:
  /** Places one after the other in a frame, from the first. */
  struct Run {
    std::size_t first, count;
  };

  void gather(const double* positions, double* to) const;

  std::vector<Run> runs_;
  std::vector<double> before_;
  mutable std::vector<double> now_;  // where runs are short: work space
};

}  // namespace latentcv
