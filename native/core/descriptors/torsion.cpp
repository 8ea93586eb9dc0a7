#include "descriptors/kinds.h"
#include "descriptors/vectors.h"

namespace latentcv {
namespace {

enum class Function { angle, sine, cosine };

// Three atoms are in line where the sine between their bonds is below this: the normal is then mere rounding.
constexpr double straight = 1e-12;

bool inLine(const Vector3& normal, const Vector3& a, const Vector3& b) {
  return !(dot(normal, normal) > straight * straight * dot(a, a) * dot(b, b));
}

/**
 * With bonds a, b, c and normals m = a × b, n = b × c: φ = atan2(|b| a · n, m · n). Derivatives by bonds
 * after Blondel & Karplus, J. Comput. Chem. 17, 1132 (1996),
 * doi:10.1002/(SICI)1096-987X(19960715)17:9<1132::AID-JCC5>3.0.CO;2-T
 */
class Torsions : public DescriptorBlock {
 public:
  Torsions(const std::vector<DescriptorLine>& lines, Function function)
      : function_(function), states_(lines.size()) {
    for (const DescriptorLine& line : lines) {
      const AtomIndices& atoms = line.atoms();
      bonds_.push_back({{{atoms[0], atoms[1]}, {atoms[1], atoms[2]}, {atoms[2], atoms[3]}}});
    }
  }

  std::size_t count() const override { return bonds_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    for (std::size_t t = 0; t < bonds_.size(); ++t) {
      State& state = states_[t];
      for (int i = 0; i < 3; ++i) state.bonds[i] = difference(positions, box, bonds_[t][i]);
      const double angle = differentiate(state);
      values[t] = function_ == Function::angle  ? angle
                  : function_ == Function::sine ? std::sin(angle)
                                                : std::cos(angle);
      state.outer = function_ == Function::angle  ? 1
                    : function_ == Function::sine ? std::cos(angle)
                                                  : -std::sin(angle);
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (std::size_t t = 0; t < bonds_.size(); ++t) {
      const State& state = states_[t];
      for (int i = 0; i < 3; ++i)
        pullDifference(bonds_[t][i], state.bonds[i], scaled(weights[t] * state.outer, state.slopes[i]),
                       gradient, boxGradient);
    }
  }

 private:
  struct State {
    std::array<Vector3, 3> bonds, slopes;
    double outer;  // of the function of the angle
  };

  /** The angle; leaves its derivatives by the bonds in `state.slopes`. */
  static double differentiate(State& state) {
    const auto& [a, b, c] = state.bonds;
    const Vector3 m = cross(a, b), n = cross(b, c);
    state.slopes = {};
    if (inLine(m, a, b) || inLine(n, b, c)) return 0;
    const double length = std::sqrt(dot(b, b)), mm = dot(m, m), nn = dot(n, n);
    state.slopes[0] = scaled(length / mm, m);
    state.slopes[2] = scaled(length / nn, n);
    const double alongM = -dot(a, b) / (mm * length), alongN = -dot(b, c) / (nn * length);
    for (int i = 0; i < 3; ++i) state.slopes[1][i] = alongM * m[i] + alongN * n[i];
    return std::atan2(length * dot(a, n), dot(m, n));
  }

  Function function_;
  std::vector<std::array<AtomPair, 3>> bonds_;
  std::vector<State> states_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeTorsions(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Torsions>(lines, Function::angle);
}
std::unique_ptr<DescriptorBlock> makeTorsionSines(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Torsions>(lines, Function::sine);
}
std::unique_ptr<DescriptorBlock> makeTorsionCosines(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Torsions>(lines, Function::cosine);
}

}  // namespace latentcv
