#pragma once

#include <vector>

#include "descriptors/line.h"
#include "kernels/kernels.h"
#include "kernels/pairs.h"
#include "latentcv/box.h"

namespace latentcv {

/** The pair of each line that takes two atoms. */
std::vector<AtomPair> pairsOf(const std::vector<DescriptorLine>& lines);

/** Difference vectors of many pairs of atoms, their lengths, and what flows back along them. */
class PairVectors {
 public:
  explicit PairVectors(const std::vector<AtomPair>& pairs);

  std::size_t count() const { return count_; }

  /** Minimum images and lengths at positions [atoms, 3]. */
  void evaluate(const double* positions, const Box& box);

  /** Of the last evaluate, [count]; the inverse is 0 where the length is. */
  const double* lengths() const { return lengths_.data(); }
  const double* inverses() const { return inverses_.data(); }

  /**
   * Adds what flows back to the atoms and the box (see DescriptorBlock) where the derivative by each
   * difference vector is the vector itself times a number: fill scales() [count] first.
   */
  void pullBack(double* gradient, double* boxGradient);
  double* scales() { return scales_.data(); }

 private:
  struct Storage {
    Buffer<double> numbers;
    std::size_t stride;

    explicit Storage(std::size_t count);
    Planes planes() { return {numbers.data(), numbers.data() + stride, numbers.data() + 2 * stride}; }
  };

  std::size_t count_;
  AtomIndices atoms_;          // those of the pairs, each once
  std::vector<PairRun> runs_;  // by their places among these
  Storage positions_, gradient_, differences_, along_;
  Buffer<double> lengths_, inverses_, scales_;
};

}  // namespace latentcv
