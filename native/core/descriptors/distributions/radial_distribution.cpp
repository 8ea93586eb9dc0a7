// rdf and pair-entropy: two readings of one distribution of pairs.
#include <algorithm>
#include <cmath>

#include "descriptors/distributions/line_options.h"
#include "descriptors/distributions/pair_distribution.h"
#include "descriptors/kinds.h"
#include "descriptors/sequence.h"
#include "latentcv/pi.h"

namespace latentcv {
namespace {

// of a file that asks for more than any integral needs
constexpr double mostBins = 4096;

/** A grid, and which of its bins a line means. */
struct GridLine {
  DistanceGrid grid;
  std::size_t bin = 0;
};

GridLine gridOf(const DescriptorLine& line) {
  const bool entropy = line.kind == "pair-entropy";
  LineOptions options(line, std::string("grid RMAX SIGMA BINS, RMAX and SIGMA above 0") +
                                (entropy ? "" : ", then bin and a number from 0 to BINS (exclusive)"));
  const std::vector<double> grid = options.take("grid", 3);
  const std::vector<double> bin = entropy ? std::vector<double>{0} : options.take("bin", 1);
  options.expectNoMore();
  const auto isWhole = [](double number, double most) {
    return number == std::floor(number) && number >= 0 && number <= most;
  };
  options.expect(grid[0] > 0 && grid[1] > 0 && isWhole(grid[2], mostBins) && grid[2] >= 1 &&
                 isWhole(bin[0], grid[2] - 1));
  // entropies are integrated by the trapezium rule from 0 on, bins have their middles
  return {{grid[0], grid[1], static_cast<std::size_t>(grid[2]), entropy ? 0.0 : 0.5},
          static_cast<std::size_t>(bin[0])};
}

bool sameGrid(const DescriptorLine& a, const DescriptorLine& b) {
  return a.kind == b.kind && a.groups == b.groups && a.numbers == b.numbers;
}

class RadialDistribution : public DescriptorBlock {
 public:
  explicit RadialDistribution(const std::vector<DescriptorLine>& lines)
      : distribution_(lines.front().groups, gridOf(lines.front()).grid, gridOf(lines.front()).grid.bins,
                      lines.front().kind),
        slopes_(gridOf(lines.front()).grid.bins) {
    for (const DescriptorLine& line : lines) bins_.push_back(gridOf(line).bin);
  }

  std::size_t count() const override { return bins_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    const std::vector<double>& all = distribution_.evaluate(positions, box);
    for (std::size_t bin : bins_) *values++ = all[bin];
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    std::fill(slopes_.begin(), slopes_.end(), 0.0);
    for (std::size_t bin : bins_) slopes_[bin] += *weights++;
    distribution_.pullBack(slopes_, 0, gradient, boxGradient);
  }

 private:
  PairDistribution distribution_;
  mutable std::vector<double> slopes_;
  std::vector<std::size_t> bins_;
};

/** −2π ρ ∫ (g ln g − g + 1) r² dr from 0 to rmax, ρ the density of the second group. */
class PairEntropy : public DescriptorBlock {
 public:
  explicit PairEntropy(const std::vector<DescriptorLine>& lines)
      : grid_(gridOf(lines.front()).grid),
        count_(lines.size()),
        distribution_(lines.front().groups, grid_, grid_.bins + 1, lines.front().kind),
        slopes_(grid_.bins + 1),
        weighted_(slopes_.size()) {}

  std::size_t count() const override { return count_; }

  void evaluate(const double* positions, const Box& box, double* values) override {
    const std::vector<double>& g = distribution_.evaluate(positions, box);
    const double density = static_cast<double>(distribution_.secondAtoms()) / distribution_.volume();
    entropy_ = 0;
    for (std::size_t k = 0; k < g.size(); ++k) {
      const double r = grid_.at(k), share = k + 1 == g.size() ? 0.5 : 1;
      const double each = -2 * pi * density * share * grid_.spacing() * r * r;
      const double logarithm = g[k] > 0 ? std::log(g[k]) : 0;
      entropy_ += each * (g[k] * logarithm - g[k] + 1);
      slopes_[k] = each * logarithm;
    }
    std::fill_n(values, count_, entropy_);
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    double weight = 0;
    for (std::size_t i = 0; i < count_; ++i) weight += weights[i];
    for (std::size_t k = 0; k < slopes_.size(); ++k) weighted_[k] = weight * slopes_[k];
    distribution_.pullBack(weighted_, -weight * entropy_, gradient, boxGradient);
  }

 private:
  DistanceGrid grid_;
  std::size_t count_;
  PairDistribution distribution_;
  double entropy_ = 0;
  std::vector<double> slopes_;
  mutable std::vector<double> weighted_;
};

}  // namespace

void expectDistanceGrid(const DescriptorLine& line) { gridOf(line); }

std::unique_ptr<DescriptorBlock> makeRadialDistributions(const std::vector<DescriptorLine>& lines) {
  return makeBlocks(lines, sameGrid, [](const std::vector<DescriptorLine>& alike) {
    return std::make_unique<RadialDistribution>(alike);
  });
}

std::unique_ptr<DescriptorBlock> makePairEntropies(const std::vector<DescriptorLine>& lines) {
  return makeBlocks(lines, sameGrid, [](const std::vector<DescriptorLine>& alike) {
    return std::make_unique<PairEntropy>(alike);
  });
}

}  // namespace latentcv
