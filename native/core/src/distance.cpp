#include <cmath>

#include "descriptor_kinds.h"

namespace latentcv {
namespace {

class Distances : public DescriptorBlock {
 public:
  explicit Distances(const std::vector<DescriptorLine>& lines) : states_(lines.size()) {
    for (const DescriptorLine& line : lines) pairs_.push_back({line.atoms()[0], line.atoms()[1]});
  }

  std::size_t count() const override { return pairs_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    for (std::size_t p = 0; p < pairs_.size(); ++p) {
      const double *a = positions + 3 * pairs_[p].first, *b = positions + 3 * pairs_[p].second;
      const Vector3 d = box.minimumImage({b[0] - a[0], b[1] - a[1], b[2] - a[2]});
      const double length = std::sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
      states_[p] = {d, length > 0 ? 1 / length : 0};
      values[p] = length;
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (std::size_t p = 0; p < pairs_.size(); ++p) {
      double *a = gradient + 3 * pairs_[p].first, *b = gradient + 3 * pairs_[p].second;
      const Vector3& d = states_[p].difference;
      const double scale = weights[p] * states_[p].inverseLength;
      for (int i = 0; i < 3; ++i) {
        const double along = scale * d[i];
        a[i] -= along;
        b[i] += along;
        for (int j = 0; j < 3; ++j) boxGradient[3 * i + j] -= along * d[j];
      }
    }
  }

 private:
  struct State {
    Vector3 difference;
    double inverseLength;
  };
  std::vector<AtomPair> pairs_;
  std::vector<State> states_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeDistances(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Distances>(lines);
}

}  // namespace latentcv
