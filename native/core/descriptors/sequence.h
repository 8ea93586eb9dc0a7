#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "descriptors/line.h"
#include "latentcv/descriptors.h"

namespace latentcv {

/** Blocks, one after the other. */
class Sequence : public DescriptorBlock {
 public:
  explicit Sequence(std::vector<std::unique_ptr<DescriptorBlock>> blocks) : blocks_(std::move(blocks)) {}

  std::size_t count() const override {
    std::size_t sum = 0;
    for (const auto& block : blocks_) sum += block->count();
    return sum;
  }

  void restrictTo(const NearPlaces* places) override {
    for (const auto& block : blocks_) block->restrictTo(places);
  }

  void evaluate(const double* positions, const Box& box, double* values) override {
    for (const auto& block : blocks_) {
      block->evaluate(positions, box, values);
      values += block->count();
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (const auto& block : blocks_) {
      block->pullBack(weights, gradient, boxGradient);
      weights += block->count();
    }
  }

 private:
  std::vector<std::unique_ptr<DescriptorBlock>> blocks_;
};

/** A block of each run of lines of which one after the other goes with the first. */
template <typename Alike, typename Make>
std::unique_ptr<DescriptorBlock> makeBlocks(const std::vector<DescriptorLine>& lines, const Alike& alike,
                                            const Make& make) {
  std::vector<std::unique_ptr<DescriptorBlock>> blocks;
  for (auto first = lines.begin(); first != lines.end();) {
    const auto last =
        std::find_if(first, lines.end(), [&](const DescriptorLine& line) { return !alike(*first, line); });
    blocks.push_back(make(std::vector<DescriptorLine>(first, last)));
    first = last;
  }
  if (blocks.size() == 1) return std::move(blocks.front());
  return std::make_unique<Sequence>(std::move(blocks));
}

}  // namespace latentcv
