#include <algorithm>

#include "descriptors/kinds.h"
#include "descriptors/pair_vectors.h"

namespace latentcv {
namespace {

class Distances : public DescriptorBlock {
 public:
  explicit Distances(const std::vector<DescriptorLine>& lines) : vectors_(pairsOf(lines)) {}

  std::size_t count() const override { return vectors_.count(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    vectors_.evaluate(positions, box);
    std::copy_n(vectors_.lengths(), count(), values);
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    const double* inverses = vectors_.inverses();
    for (std::size_t p = 0; p < count(); ++p) vectors_.scales()[p] = weights[p] * inverses[p];
    vectors_.pullBack(gradient, boxGradient);
  }

 private:
  mutable PairVectors vectors_;  // with work space for pullBack
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeDistances(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Distances>(lines);
}

}  // namespace latentcv
