#pragma once

#include <string>
#include <vector>

#include "network/network.h"

namespace latentcv {

/** A network under construction: every call adds a step and gives the slot of its output. */
class NetworkPlan {
 public:
  /** Slot 0 holds `inputs` numbers. Slots that hold more than `most` in all, or weights, are refused. */
  NetworkPlan(std::size_t inputs, std::size_t most);

  std::size_t size(std::size_t slot) const { return network_.sizes[slot]; }

  /** matrix · in + shift, the matrix row-major [size of shift, size of in]. */
  std::size_t affine(std::size_t in, std::vector<double> matrix, std::vector<double> shift);

  /** scale ∘ in + shift; in may be a single number. */
  std::size_t scaleShift(std::size_t in, std::vector<double> scale, std::vector<double> shift);

  /** factor · in + shift with single numbers. */
  std::size_t scaleShift(std::size_t in, double factor, double shift);

  /**
   * lower ≤ in ≤ upper, bounds one per element; `atBounds` is the derivative that is taken
   * there, by default torch.clamp's.
   */
  std::size_t clamp(std::size_t in, std::vector<double> lower, std::vector<double> upper,
                    double atBounds = 0);

  /** An elementwise function of activations.h. */
  std::size_t activation(std::size_t in, const std::string& function, double alpha = 0, double gamma = 0);

  /** Sum or product of vectors of one size, or of a vector and a single number. */
  std::size_t sum(std::size_t left, std::size_t right);
  std::size_t product(std::size_t left, std::size_t right);

  /** The larger of each two elements where `sign` is 1, the smaller where it is -1; equal ones share. */
  std::size_t larger(std::size_t left, std::size_t right, double sign);

  /** `chosen` where the mask is not 0, else `other`; of one size, or single numbers. */
  std::size_t choose(std::size_t mask, std::size_t chosen, std::size_t other);

  /** Values that depend on nothing, as long as they are; `in` is any slot. */
  std::size_t constant(std::size_t in, std::vector<double> values);

  std::size_t select(std::size_t in, std::vector<std::size_t> indices);
  std::size_t concat(std::vector<std::size_t> slots);

  /** A vector of `size` from a single number; any other vector is left as it is. */
  std::size_t widen(std::size_t in, std::size_t size);

  /** total, length or largest, which give one number. */
  std::size_t reduce(StepKind kind, std::size_t in, double alpha = 0);

  /** softmax, logSoftmax or normalize. */
  std::size_t normalize(StepKind kind, std::size_t in, double alpha = 0);

  Network finish(std::size_t output);

 private:
  void count(std::size_t& total, std::size_t more) const;
  std::size_t newSlot(std::size_t size);
  Step& add(StepKind kind, std::vector<std::size_t> inputs, std::size_t size);
  std::size_t combine(StepKind kind, std::size_t left, std::size_t right);

  Network network_;
  std::size_t most_, slots_ = 0, weights_ = 0;
};

}  // namespace latentcv
