#include "descriptors/groups/whole_group.h"
#include "descriptors/kinds.h"
#include "descriptors/vectors.h"

namespace latentcv {
namespace {

/** √(Σ share · |x − centre|²). */
class Gyrations : public DescriptorBlock {
 public:
  explicit Gyrations(const std::vector<DescriptorLine>& lines) : values_(lines.size()) {
    for (const DescriptorLine& line : lines) groups_.emplace_back(line.atoms(), line.numbers);
  }

  std::size_t count() const override { return groups_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      WholeGroup& group = groups_[g];
      group.evaluate(positions, box);
      double square = 0;
      for (std::size_t i = 0; i < group.centred().size(); ++i)
        square += group.shares()[i] * dot(group.centred()[i], group.centred()[i]);
      values[g] = values_[g] = std::sqrt(square);
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (values_[g] == 0) continue;  // as for distances: no derivative
      const WholeGroup& group = groups_[g];
      for (std::size_t i = 0; i < group.centred().size(); ++i)
        group.pull(i, scaled(weights[g] * group.shares()[i] / values_[g], group.centred()[i]), gradient,
                   boxGradient);
    }
  }

 private:
  std::vector<WholeGroup> groups_;
  std::vector<double> values_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeGyrations(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Gyrations>(lines);
}

}  // namespace latentcv
