#include <algorithm>
#include <cmath>
#include <numeric>

#include "descriptors/distributions/line_options.h"
#include "descriptors/kinds.h"
#include "descriptors/pair_vectors.h"
#include "descriptors/sequence.h"
#include "descriptors/switching_function.h"
#include "descriptors/vectors.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

struct PivLine {
  std::size_t rank;
  double volume;  // 0 where distances are not scaled
};

PivLine pivOf(const DescriptorLine& line) {
  LineOptions options(line, "a switching function, rank and a number from 0 to " +
                                std::to_string(line.pairCount()) +
                                " (exclusive), then, if there is one, volume and a number above 0");
  options.leaveFirst();
  const double rank = options.take("rank", 1)[0];
  const std::vector<double> volume = options.takeIfThere("volume", 1);
  options.expectNoMore();
  options.expect(rank >= 0 && rank == std::floor(rank) && rank < static_cast<double>(line.pairCount()) &&
                 (volume.empty() || volume[0] > 0));
  SwitchingFunction{line};
  return {static_cast<std::size_t>(rank), volume.empty() ? 0 : volume[0]};
}

bool sameBlock(const DescriptorLine& a, const DescriptorLine& b) {
  return a.groups == b.groups && a.option == b.option && a.numbers == b.numbers &&
         pivOf(a).volume == pivOf(b).volume;
}

/** A block of a permutation invariant vector: the switching function of the nearest pairs, from the nearest on. */
class PivBlock : public DescriptorBlock {
 public:
  explicit PivBlock(const std::vector<DescriptorLine>& lines)
      : function_(lines.front()),
        volume_(pivOf(lines.front()).volume),
        vectors_(lines.front().pairs()),
        order_(vectors_.count()) {
    for (const DescriptorLine& line : lines) ranks_.push_back(pivOf(line).rank);
    kept_ = *std::max_element(ranks_.begin(), ranks_.end()) + 1;
    slopes_.resize(ranks_.size());
  }

  std::size_t count() const override { return ranks_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    scale_ = volume_ > 0 ? std::cbrt(volume_ / volumeOf(box)) : 1;
    vectors_.evaluate(positions, box);
    sort();
    for (std::size_t i = 0; i < ranks_.size(); ++i) {
      const SwitchingFunction::Result contact = function_.at(scale_ * vectors_.lengths()[order_[ranks_[i]]]);
      values[i] = contact.value;
      slopes_[i] = contact.slope * scale_;
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    double* scales = vectors_.scales();
    std::fill_n(scales, vectors_.count(), 0.0);
    double byScale = 0;
    for (std::size_t i = 0; i < ranks_.size(); ++i) {
      const std::size_t pair = order_[ranks_[i]];
      scales[pair] += weights[i] * slopes_[i] * vectors_.inverses()[pair];
      byScale += weights[i] * slopes_[i] * vectors_.lengths()[pair];
    }
    vectors_.pullBack(gradient, boxGradient);
    // the scale is the inverse of an edge
    if (volume_ > 0)
      for (std::size_t a = 0; a < 3; ++a) boxGradient[4 * a] += byScale / 3;
  }

 private:
  static double volumeOf(const Box& box) {
    if (!box.periodic())
      throw Error(
          ErrorCode::badArgument,
          "expected a periodic box for piv, whose distances are scaled by its volume, but there is none");
    return std::abs(dot(box.rows()[0], cross(box.rows()[1], box.rows()[2])));
  }

  void sort() {
    const double* lengths = vectors_.lengths();
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    // equals in the order of their pairs, as for sorted distances
    const auto nearer = [lengths](std::size_t a, std::size_t b) {
      return lengths[a] < lengths[b] || (lengths[a] == lengths[b] && a < b);
    };
    const auto end = order_.begin() + static_cast<std::ptrdiff_t>(kept_);
    if (end != order_.end()) std::nth_element(order_.begin(), end - 1, order_.end(), nearer);
    std::sort(order_.begin(), end, nearer);
  }

  SwitchingFunction function_;
  double volume_, scale_ = 1;
  mutable PairVectors vectors_;     // with work space for pullBack
  std::vector<std::size_t> order_;  // order[rank]: the pair
  std::vector<std::size_t> ranks_;
  std::size_t kept_;
  std::vector<double> slopes_;
};

}  // namespace

void expectPiv(const DescriptorLine& line) { pivOf(line); }

std::unique_ptr<DescriptorBlock> makePivs(const std::vector<DescriptorLine>& lines) {
  return makeBlocks(lines, sameBlock, [](const std::vector<DescriptorLine>& alike) {
    return std::make_unique<PivBlock>(alike);
  });
}

}  // namespace latentcv
