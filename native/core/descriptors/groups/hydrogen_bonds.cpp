#include "descriptors/kinds.h"
#include "descriptors/switching_function.h"
#include "descriptors/vectors.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

/**
 * Σ s(|HA|) cos⁴θ over the bonds D–H of a line and its acceptors A, θ the angle D–H…A, and 0 where θ ≤ 90°: the angle's part is
 * that of DREIDING's hydrogen bond (Mayo, Olafson & Goddard 1990, doi:10.1021/j100389a010), three times
 * differentiable at 90° and smooth in line. A donor is no acceptor of its own hydrogen.
 */
class HydrogenBonds : public DescriptorBlock {
 public:
  explicit HydrogenBonds(const std::vector<DescriptorLine>& lines) {
    for (const DescriptorLine& line : lines) {
      const AtomIndices &donors = line.groups[0], &hydrogens = line.groups[1], &acceptors = line.groups[2];
      for (std::size_t h = 0; h < hydrogens.size(); ++h)
        for (std::size_t acceptor : acceptors)
          if (acceptor != donors[h] && acceptor != hydrogens[h])
            triples_.push_back({donors[h], hydrogens[h], acceptor});
      sums_.push_back({SwitchingFunction(line), triples_.size(), line.text});
    }
    states_.resize(triples_.size());
  }

  std::size_t count() const override { return sums_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    std::size_t t = 0;
    for (const Sum& sum : sums_) {
      double total = 0;
      for (; t < sum.end; ++t) total += evaluate(triples_[t], sum, positions, box, states_[t]);
      *values++ = total;
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    std::size_t t = 0;
    for (const Sum& sum : sums_) {
      const double weight = *weights++;
      for (; t < sum.end; ++t) {
        const State& state = states_[t];
        if (!state.counts) continue;
        const Triple& atoms = triples_[t];
        pullDifference({atoms.hydrogen, atoms.donor}, state.u, scaled(weight, state.byU), gradient,
                       boxGradient);
        pullDifference({atoms.hydrogen, atoms.acceptor}, state.v, scaled(weight, state.byV), gradient,
                       boxGradient);
      }
    }
  }

 private:
  struct Triple {
    std::size_t donor, hydrogen, acceptor;
  };
  struct Sum {
    SwitchingFunction function;
    std::size_t end;  // its triples start where those of the one before end
    std::string text;
  };
  /** Vectors from the hydrogen to the donor and to the acceptor, and derivatives by them. */
  struct State {
    bool counts;
    Vector3 u, v, byU, byV;
  };

  static double evaluate(const Triple& atoms, const Sum& sum, const double* positions, const Box& box,
                         State& state) {
    state.u = difference(positions, box, {atoms.hydrogen, atoms.donor});
    state.v = difference(positions, box, {atoms.hydrogen, atoms.acceptor});
    const double length = std::sqrt(dot(state.u, state.u)), distance = std::sqrt(dot(state.v, state.v));
    if (!(length > 0 && distance > 0))
      throw Error(
          ErrorCode::badArgument,
          "descriptor \"" + sum.text +
              "\" (atoms counted from 0 in the file's list): expected a hydrogen in another place than "
              "its donor and acceptor but they are in one");
    const Vector3 u = scaled(1 / length, state.u), v = scaled(1 / distance, state.v);
    const double cosine = dot(u, v);
    state.counts = cosine < 0;
    if (!state.counts) return 0;
    const SwitchingFunction::Result near = sum.function.at(distance);
    const double cube = cosine * cosine * cosine, bent = 4 * near.value * cube;
    for (int c = 0; c < 3; ++c) {
      state.byU[c] = bent * (v[c] - cosine * u[c]) / length;
      state.byV[c] = near.slope * cube * cosine * v[c] + bent * (u[c] - cosine * v[c]) / distance;
    }
    return near.value * cube * cosine;
  }

  std::vector<Triple> triples_;
  std::vector<Sum> sums_;
  std::vector<State> states_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeHydrogenBonds(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<HydrogenBonds>(lines);
}

}  // namespace latentcv
