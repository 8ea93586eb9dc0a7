#include "descriptor_kinds.h"
#include "switching_function.h"
#include "vectors.h"

namespace latentcv {
namespace {

/** A contact is the coordination of one atom with one other. */
class Coordinations : public DescriptorBlock {
 public:
  explicit Coordinations(const std::vector<DescriptorLine>& lines, bool contacts) {
    for (const DescriptorLine& line : lines) {
      const AtomPair only = {line.atoms()[0], line.atoms()[1 % line.atoms().size()]};
      const std::vector<AtomPair> pairs = contacts ? std::vector<AtomPair>{only} : line.pairs();
      pairs_.insert(pairs_.end(), pairs.begin(), pairs.end());
      sums_.push_back({SwitchingFunction(line), pairs_.size()});
    }
    states_.resize(pairs_.size());
  }

  std::size_t count() const override { return sums_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    std::size_t p = 0;
    for (const Sum& sum : sums_) {
      double total = 0;
      for (; p < sum.end; ++p) {
        const Vector3 d = difference(positions, box, pairs_[p]);
        const double length = std::sqrt(dot(d, d));
        const SwitchingFunction::Result contact = sum.function.at(length);
        total += contact.value;
        // as for distances: no derivative where two atoms are in one place
        states_[p] = {d, length > 0 ? contact.slope / length : 0};
      }
      *values++ = total;
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    std::size_t p = 0;
    for (const Sum& sum : sums_) {
      const double weight = *weights++;
      for (; p < sum.end; ++p) {
        const auto& [d, slope] = states_[p];
        if (slope != 0) pullDifference(pairs_[p], d, scaled(weight * slope, d), gradient, boxGradient);
      }
    }
  }

 private:
  struct Sum {
    SwitchingFunction function;
    std::size_t end;  // its pairs start where those of the one before end
  };
  struct State {
    Vector3 difference;
    double slope;  // ds/dr / r
  };
  std::vector<Sum> sums_;
  std::vector<AtomPair> pairs_;
  std::vector<State> states_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeContacts(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Coordinations>(lines, true);
}
std::unique_ptr<DescriptorBlock> makeCoordinations(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Coordinations>(lines, false);
}

}  // namespace latentcv
