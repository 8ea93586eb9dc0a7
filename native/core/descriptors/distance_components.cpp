#include "descriptors/kinds.h"
#include "descriptors/vectors.h"

namespace latentcv {
namespace {

class Components : public DescriptorBlock {
 public:
  Components(const std::vector<DescriptorLine>& lines, int axis) : axis_(axis), differences_(lines.size()) {
    for (const DescriptorLine& line : lines) pairs_.push_back({line.atoms()[0], line.atoms()[1]});
  }

  std::size_t count() const override { return pairs_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    for (std::size_t p = 0; p < pairs_.size(); ++p) {
      differences_[p] = difference(positions, box, pairs_[p]);
      values[p] = differences_[p][axis_];
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (std::size_t p = 0; p < pairs_.size(); ++p) {
      Vector3 derivative{};
      derivative[axis_] = weights[p];
      pullDifference(pairs_[p], differences_[p], derivative, gradient, boxGradient);
    }
  }

 private:
  int axis_;
  std::vector<AtomPair> pairs_;
  std::vector<Vector3> differences_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeDistancesX(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Components>(lines, 0);
}
std::unique_ptr<DescriptorBlock> makeDistancesY(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Components>(lines, 1);
}
std::unique_ptr<DescriptorBlock> makeDistancesZ(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Components>(lines, 2);
}

}  // namespace latentcv
