#include <algorithm>

#include "descriptors/alignment_reference.h"
#include "descriptors/frame/frame_list.h"
#include "descriptors/groups/group_weights.h"
#include "descriptors/kinds.h"
#include "descriptors/vectors.h"

namespace latentcv {
namespace {

/**
 * √(Σ share · |R (x − centre) − (reference − its centre)|²) over some atoms of a reference, after the superposition
 * of those that have a weight there.
 */
class Deviation {
 public:
  Deviation(std::size_t frame, const AlignmentReference& reference, const AtomIndices& atoms,
            std::vector<double> shares)
      : frame_(frame), shares_(std::move(shares)), off_(atoms.size()) {
    for (std::size_t atom : atoms) {
      places_.push_back(*placeIn(reference.atoms, atom));
      wanted_.push_back(reference.centred[places_.back()]);
    }
  }

  double evaluate(const FrameList& frames) {
    double square = 0;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const Vector3 at = frames[frame_].turned(places_[i]);
      off_[i] = {at[0] - wanted_[i][0], at[1] - wanted_[i][1], at[2] - wanted_[i][2]};
      square += shares_[i] * dot(off_[i], off_[i]);
    }
    return value_ = std::sqrt(square);
  }

  double value() const { return value_; }

  void pull(double weight, FrameList& frames, double* gradient, double* boxGradient) const {
    // as for distances: no derivative where it is zero
    const double scale = value_ > 0 ? weight / value_ : 0;
    for (std::size_t i = 0; i < places_.size(); ++i)
      frames[frame_].pullTurned(places_[i], scaled(scale * shares_[i], off_[i]), gradient, boxGradient);
  }

 private:
  std::size_t frame_;
  std::vector<std::size_t> places_;  // in the reference
  std::vector<Vector3> wanted_;
  std::vector<double> shares_;
  std::vector<Vector3> off_;
  double value_ = 0;
};

/**
 * A deviation d, or the smooth minimum −ln(Σ exp(−β d))/β of those from several references. Its derivative by each is the
 * share of its exponential in the sum.
 */
class Rmsds : public DescriptorBlock {
 public:
  explicit Rmsds(const std::vector<DescriptorLine>& lines) {
    for (const DescriptorLine& line : lines) {
      const bool least = line.references.size() > 1 || line.option == "references";
      const std::vector<double> weights =
          least ? std::vector<double>() : std::vector<double>{line.numbers.begin() + 1, line.numbers.end()};
      Sum sum{{}, {}, least ? line.numbers.front() : 1};
      for (const auto& reference : line.references)
        sum.deviations.emplace_back(frames_.find(reference), *reference, line.atoms(),
                                    sharesOf(weights, line.atoms().size()));
      sum.shares.resize(sum.deviations.size());
      sums_.push_back(std::move(sum));
    }
  }

  std::size_t count() const override { return sums_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    frames_.fit(positions, box);
    for (Sum& sum : sums_) *values++ = evaluate(sum);
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    frames_.clearPulls();
    for (const Sum& sum : sums_) {
      for (std::size_t i = 0; i < sum.shares.size(); ++i)
        sum.deviations[i].pull(*weights * sum.shares[i], frames_, gradient, boxGradient);
      ++weights;
    }
    frames_.pullBack(gradient, boxGradient);
  }

 private:
  struct Sum {
    std::vector<Deviation> deviations;
    std::vector<double> shares;  // of the exponentials
    double beta;
  };

  double evaluate(Sum& sum) const {
    double least = sum.deviations.front().evaluate(frames_);
    for (std::size_t i = 1; i < sum.deviations.size(); ++i)
      least = std::min(least, sum.deviations[i].evaluate(frames_));
    // as seen from the least, so that the sum is 1 or more
    double total = 0;
    for (std::size_t i = 0; i < sum.shares.size(); ++i)
      total += sum.shares[i] = std::exp(-sum.beta * (sum.deviations[i].value() - least));
    for (double& share : sum.shares) share /= total;
    return least - std::log(total) / sum.beta;
  }

  mutable FrameList frames_;  // with work space for pullBack
  std::vector<Sum> sums_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeRmsds(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Rmsds>(lines);
}

}  // namespace latentcv
