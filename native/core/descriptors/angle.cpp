#include "descriptors/kinds.h"
#include "descriptors/vectors.h"

namespace latentcv {
namespace {

/**
 * θ = atan2(|u × v|, u · v) between the vectors u, v from the middle atom to the others: exact near 0 and π
 * too, where the arc cosine loses half its digits. ∂θ/∂u = (u × n)/u², ∂θ/∂v = −(v × n)/v², n the unit normal
 * u × v.
 */
class Angles : public DescriptorBlock {
 public:
  explicit Angles(const std::vector<DescriptorLine>& lines) : states_(lines.size()) {
    for (const DescriptorLine& line : lines) {
      const AtomIndices& atoms = line.atoms();
      sides_.push_back({{atoms[1], atoms[0]}, {atoms[1], atoms[2]}});
    }
  }

  std::size_t count() const override { return sides_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    for (std::size_t s = 0; s < sides_.size(); ++s) {
      const Vector3 u = difference(positions, box, sides_[s].u), v = difference(positions, box, sides_[s].v);
      const Vector3 normal = cross(u, v);
      const double length = std::sqrt(dot(normal, normal));
      // + 0.0 turns -0 into 0: two atoms in one place give 0, not π
      values[s] = std::atan2(length, dot(u, v) + 0.0);
      // in line, every direction across opens the angle: no derivative
      const double inverse = length > 0 ? 1 / length : 0;
      states_[s] = {u, v, slope(u, normal, inverse), slope(v, normal, -inverse)};
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (std::size_t s = 0; s < sides_.size(); ++s) {
      const State& state = states_[s];
      pullDifference(sides_[s].u, state.u, scaled(weights[s], state.byU), gradient, boxGradient);
      pullDifference(sides_[s].v, state.v, scaled(weights[s], state.byV), gradient, boxGradient);
    }
  }

 private:
  struct Sides {
    AtomPair u, v;
  };
  struct State {
    Vector3 u, v, byU, byV;
  };

  static Vector3 slope(const Vector3& side, const Vector3& normal, double inverse) {
    return inverse == 0 ? Vector3{} : scaled(inverse / dot(side, side), cross(side, normal));
  }

  std::vector<Sides> sides_;
  std::vector<State> states_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeAngles(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Angles>(lines);
}

}  // namespace latentcv
