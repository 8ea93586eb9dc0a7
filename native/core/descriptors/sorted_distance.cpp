#include <algorithm>
#include <numeric>

#include "descriptors/kinds.h"
#include "descriptors/pair_vectors.h"

namespace latentcv {
namespace {

/** Distances that are sorted together, and which of them are wanted. */
struct SortedGroup {
  PairVectors vectors;
  std::vector<std::size_t> ranks;
  std::vector<std::size_t> order;  // order[rank]: the pair

  explicit SortedGroup(const std::vector<AtomPair>& pairs) : vectors(pairs), order(pairs.size()) {}

  void sort() {
    const double* lengths = vectors.lengths();
    std::iota(order.begin(), order.end(), std::size_t{0});
    // equals in the order of their pairs, so that the derivative does not depend on the sort's ways
    std::sort(order.begin(), order.end(), [lengths](std::size_t a, std::size_t b) {
      return lengths[a] < lengths[b] || (lengths[a] == lengths[b] && a < b);
    });
  }
};

class SortedDistances : public DescriptorBlock {
 public:
  explicit SortedDistances(const std::vector<DescriptorLine>& lines) : count_(lines.size()) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (i == 0 || lines[i].groups != lines[i - 1].groups) groups_.emplace_back(lines[i].pairs());
      groups_.back().ranks.push_back(static_cast<std::size_t>(lines[i].numbers[0]));
    }
  }

  std::size_t count() const override { return count_; }

  void evaluate(const double* positions, const Box& box, double* values) override {
    for (SortedGroup& group : groups_) {
      group.vectors.evaluate(positions, box);
      group.sort();
      for (std::size_t rank : group.ranks) *values++ = group.vectors.lengths()[group.order[rank]];
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (SortedGroup& group : groups_) {
      double* scales = group.vectors.scales();
      std::fill_n(scales, group.vectors.count(), 0.0);
      for (std::size_t rank : group.ranks) {
        const std::size_t p = group.order[rank];
        scales[p] += *weights++ * group.vectors.inverses()[p];
      }
      group.vectors.pullBack(gradient, boxGradient);
    }
  }

 private:
  std::size_t count_;
  mutable std::vector<SortedGroup> groups_;  // with work space for pullBack
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeSortedDistances(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<SortedDistances>(lines);
}

}  // namespace latentcv
