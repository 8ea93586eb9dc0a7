#include <algorithm>
#include <numeric>

#include "descriptor_kinds.h"
#include "vectors.h"

namespace latentcv {
namespace {

/** Distances that are sorted together, and which of them are wanted. */
struct SortedGroup {
  struct State {
    Vector3 difference;
    double length;
  };
  std::vector<AtomPair> pairs;
  std::vector<std::size_t> ranks;
  std::vector<State> states;
  std::vector<std::size_t> order;  // order[rank]: the pair

  void sort(const double* positions, const Box& box) {
    for (std::size_t p = 0; p < pairs.size(); ++p) {
      const Vector3 d = difference(positions, box, pairs[p]);
      states[p] = {d, std::sqrt(dot(d, d))};
    }
    std::iota(order.begin(), order.end(), std::size_t{0});
    // equals in the order of their pairs, so that the derivative does not depend on the sort's ways
    std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      return states[a].length < states[b].length || (states[a].length == states[b].length && a < b);
    });
  }
};

class SortedDistances : public DescriptorBlock {
 public:
  explicit SortedDistances(const std::vector<DescriptorLine>& lines) : count_(lines.size()) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (i == 0 || lines[i].groups != lines[i - 1].groups) add(lines[i]);
      groups_.back().ranks.push_back(static_cast<std::size_t>(lines[i].numbers[0]));
    }
  }

  std::size_t count() const override { return count_; }

  void evaluate(const double* positions, const Box& box, double* values) override {
    for (SortedGroup& group : groups_) {
      group.sort(positions, box);
      for (std::size_t rank : group.ranks) *values++ = group.states[group.order[rank]].length;
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (const SortedGroup& group : groups_)
      for (std::size_t rank : group.ranks) {
        const std::size_t p = group.order[rank];
        const auto& [d, length] = group.states[p];
        const double scale = length > 0 ? *weights / length : 0;
        pullDifference(group.pairs[p], d, scaled(scale, d), gradient, boxGradient);
        ++weights;
      }
  }

 private:
  void add(const DescriptorLine& line) {
    SortedGroup group;
    group.pairs = line.pairs();
    group.states.resize(group.pairs.size());
    group.order.resize(group.pairs.size());
    groups_.push_back(std::move(group));
  }

  std::size_t count_;
  std::vector<SortedGroup> groups_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeSortedDistances(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<SortedDistances>(lines);
}

}  // namespace latentcv
