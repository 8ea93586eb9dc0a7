#include "descriptors/frame/alignment.h"
#include "descriptors/groups/group_weights.h"
#include "descriptors/kinds.h"
#include "descriptors/vectors.h"

namespace latentcv {
namespace {

/**
 * √(Σ share · |R (x − centre) − (reference − its centre)|²) over some atoms of a reference, after the superposition
 * of those that have a weight there.
 */
class Rmsds : public DescriptorBlock {
 public:
  explicit Rmsds(const std::vector<DescriptorLine>& lines) {
    for (const DescriptorLine& line : lines) {
      Sum sum;
      sum.alignment = alignments_.find(line.reference);
      sum.shares = sharesOf({line.numbers.begin() + 1, line.numbers.end()}, line.atoms().size());
      for (std::size_t atom : line.atoms()) sum.places.push_back(*placeIn(*line.reference, atom));
      sum.off.resize(sum.places.size());
      sums_.push_back(std::move(sum));
    }
  }

  std::size_t count() const override { return sums_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    alignments_.fit(positions, box);
    for (Sum& sum : sums_) {
      const Alignment& alignment = alignments_[sum.alignment];
      double square = 0;
      for (std::size_t i = 0; i < sum.places.size(); ++i) {
        const Vector3 at = alignment.turned(sum.places[i]);
        const Vector3& wanted = alignment.reference().centred[sum.places[i]];
        sum.off[i] = {at[0] - wanted[0], at[1] - wanted[1], at[2] - wanted[2]};
        square += sum.shares[i] * dot(sum.off[i], sum.off[i]);
      }
      *values++ = sum.value = std::sqrt(square);
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    alignments_.clearPulls();
    for (const Sum& sum : sums_) {
      // as for distances: no derivative where it is zero
      const double weight = sum.value > 0 ? *weights / sum.value : 0;
      ++weights;
      for (std::size_t i = 0; i < sum.places.size(); ++i)
        alignments_[sum.alignment].pullTurned(sum.places[i], scaled(weight * sum.shares[i], sum.off[i]),
                                              gradient, boxGradient);
    }
    alignments_.pullBack(gradient, boxGradient);
  }

 private:
  struct Sum {
    std::size_t alignment;
    std::vector<std::size_t> places;  // in the reference
    std::vector<double> shares;
    std::vector<Vector3> off;
    double value = 0;
  };

  mutable AlignmentList alignments_;  // with work space for pullBack
  std::vector<Sum> sums_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeRmsds(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Rmsds>(lines);
}

}  // namespace latentcv
