#include <algorithm>
#include <cmath>

#include "descriptors/crystals/atom_statistic.h"
#include "descriptors/distributions/line_options.h"
#include "descriptors/distributions/pair_room.h"
#include "descriptors/kinds.h"
#include "descriptors/near/neighbour_vectors.h"
#include "descriptors/sequence.h"
#include "descriptors/switching_function.h"

namespace latentcv {
namespace {

/** The coordination numbers of the first group's atoms, by all others of the second, and what lines ask of them. */
class CoordinationNumbers : public DescriptorBlock {
 public:
  explicit CoordinationNumbers(const std::vector<DescriptorLine>& lines)
      : within_(lines.front().groups.size() == 1),
        function_(lines.front()),
        neighbours_({lines.front().groups, function_.cutoff()}, lines.front().kind + " (dmax)"),
        statistics_(lines.begin(), lines.end()),
        numbers_(lines.front().atoms().size()),
        derivatives_(numbers_.size()) {}

  std::size_t count() const override { return statistics_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    neighbours_.update(positions, box);
    const std::size_t count = neighbours_.count();
    makeRoom(slopes_, count, 1, "coordination-number");
    std::fill(numbers_.begin(), numbers_.end(), 0.0);
    for (std::size_t p = 0; p < count; ++p) {
      const SwitchingFunction::Result contact = function_.atSquared(neighbours_.squares()[p]);
      slopes_[p] = contact.slope;
      numbers_[neighbours_.first()[p]] += contact.value;
      if (within_) numbers_[neighbours_.second()[p]] += contact.value;
    }
    for (const AtomStatistic& statistic : statistics_)
      *values++ = statistic.of(numbers_.data(), numbers_.size());
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    std::fill(derivatives_.begin(), derivatives_.end(), 0.0);
    for (const AtomStatistic& statistic : statistics_)
      statistic.pullBack(*weights++, numbers_.data(), numbers_.size(), derivatives_.data());
    const Planes d = neighbours_.vectors(), along = neighbours_.derivatives();
    for (std::size_t p = 0; p < neighbours_.count(); ++p) {
      double weight = derivatives_[neighbours_.first()[p]];
      if (within_) weight += derivatives_[neighbours_.second()[p]];
      const double scale = weight * slopes_[p];
      along.x[p] = scale * d.x[p];
      along.y[p] = scale * d.y[p];
      along.z[p] = scale * d.z[p];
    }
    neighbours_.pullBack(gradient, boxGradient);
  }

 private:
  bool within_;  // one group
  SwitchingFunction function_;
  NeighbourVectors neighbours_;
  std::vector<AtomStatistic> statistics_;
  std::vector<double> numbers_;
  mutable std::vector<double> derivatives_;
  std::vector<double> slopes_;  // ds/dr / r
};

}  // namespace

void expectCoordinationNumbers(const DescriptorLine& line) {
  if (!std::isfinite(SwitchingFunction(line).cutoff()))
    throw Malformed{"a switching function with a cutoff, such as rational R0 D0 NN MM DMAX"};
  AtomStatistic{line};
  LineOptions options(line, "one statistic behind the switching function");
  options.leaveFirst();
  options.leaveStatistic();
  options.expectNoMore();
}

std::unique_ptr<DescriptorBlock> makeCoordinationNumbers(const std::vector<DescriptorLine>& lines) {
  return makeBlocks(
      lines,
      [](const DescriptorLine& a, const DescriptorLine& b) {
        return a.groups == b.groups && a.option == b.option && a.numbers == b.numbers;
      },
      [](const std::vector<DescriptorLine>& alike) { return std::make_unique<CoordinationNumbers>(alike); });
}

}  // namespace latentcv
