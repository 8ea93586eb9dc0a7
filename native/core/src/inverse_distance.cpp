#include "descriptor_kinds.h"
#include "latentcv/error.h"
#include "vectors.h"

namespace latentcv {
namespace {

class InverseDistances : public DescriptorBlock {
 public:
  explicit InverseDistances(const std::vector<DescriptorLine>& lines) : states_(lines.size()) {
    for (const DescriptorLine& line : lines) {
      pairs_.push_back({line.atoms()[0], line.atoms()[1]});
      lines_.push_back(line.text);
    }
  }

  std::size_t count() const override { return pairs_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    for (std::size_t p = 0; p < pairs_.size(); ++p) {
      const Vector3 d = difference(positions, box, pairs_[p]);
      const double inverse = 1 / std::sqrt(dot(d, d));
      const double slope = -inverse * inverse * inverse;
      if (!std::isfinite(slope))
        throw Error(ErrorCode::badArgument, "descriptor \"" + lines_[p] +
                                                "\" (atoms counted from 0 in the file's list): expected two "
                                                "atoms in different places but they are in one");
      states_[p] = {d, slope};
      values[p] = inverse;
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (std::size_t p = 0; p < pairs_.size(); ++p) {
      const auto& [d, slope] = states_[p];
      pullDifference(pairs_[p], d, scaled(weights[p] * slope, d), gradient, boxGradient);
    }
  }

 private:
  struct State {
    Vector3 difference;
    double slope;  // d(1/r)/dr / r
  };
  std::vector<AtomPair> pairs_;
  std::vector<std::string> lines_;
  std::vector<State> states_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeInverseDistances(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<InverseDistances>(lines);
}

}  // namespace latentcv
