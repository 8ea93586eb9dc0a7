#include <algorithm>
#include <cmath>

#include "descriptors/distributions/line_options.h"
#include "descriptors/distributions/pair_room.h"
#include "descriptors/kinds.h"
#include "descriptors/near/neighbour_vectors.h"
#include "descriptors/sequence.h"
#include "latentcv/pi.h"

namespace latentcv {
namespace {

struct DebyeLine {
  double q, window;
};

DebyeLine debyeOf(const DescriptorLine& line) {
  LineOptions options(line, "q and a number above 0, then window and a number above 0");
  const double q = options.take("q", 1)[0], window = options.take("window", 1)[0];
  options.expectNoMore();
  options.expect(q > 0 && window > 0);
  return {q, window};
}

bool sameWindow(const DescriptorLine& a, const DescriptorLine& b) {
  return a.groups == b.groups && debyeOf(a).window == debyeOf(b).window;
}

/** sin(x)/x and its derivative by x. */
struct Sinc {
  double value, slope;

  explicit Sinc(double x) {
    // below it the terms that are left out do not count
    if (x < 1e-2) {
      const double y = x * x;
      value = 1 - y / 6 * (1 - y / 20 * (1 - y / 42));
      slope = -x / 3 * (1 - y / 10 * (1 - y / 28 * (1 - y / 54)));
      return;
    }
    value = std::sin(x) / x;
    slope = (std::cos(x) - value) / x;
  }
};

/**
 * Scattering by Debye's formula with a window: 1 + 1/N Σ_{i≠j} sinc(q r) sinc(π r/R) over the pairs within R of a group, or across
 * two groups 1/√(N_A N_B) Σ of the same.
 */
class DebyeScattering : public DescriptorBlock {
 public:
  explicit DebyeScattering(const std::vector<DescriptorLine>& lines)
      : within_(lines.front().groups.size() == 1),
        window_(debyeOf(lines.front()).window),
        neighbours_({lines.front().groups, window_}, lines.front().kind + " (window)") {
    for (const DescriptorLine& line : lines) qs_.push_back(debyeOf(line).q);
    const double a = static_cast<double>(lines.front().groups.front().size());
    const double b = static_cast<double>(lines.front().groups.back().size());
    each_ = (within_ ? 2 : 1) / std::sqrt(a * b);
  }

  std::size_t count() const override { return qs_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    neighbours_.update(positions, box);
    const std::size_t pairs = neighbours_.count();
    makeRoom(slopes_, pairs, qs_.size(), "debye");
    std::fill_n(values, qs_.size(), 0.0);
    double* slope = slopes_.data();
    for (std::size_t p = 0; p < pairs; ++p) {
      const double distance = std::sqrt(neighbours_.squares()[p]);
      const Sinc window(pi * distance / window_);
      const double windowSlope = window.slope * pi / window_;
      const double inverse = distance > 0 ? 1 / distance : 0;
      for (std::size_t k = 0; k < qs_.size(); ++k) {
        const Sinc wave(qs_[k] * distance);
        values[k] += wave.value * window.value;
        *slope++ = (wave.slope * qs_[k] * window.value + wave.value * windowSlope) * inverse * each_;
      }
    }
    for (std::size_t k = 0; k < qs_.size(); ++k) values[k] = (within_ ? 1 : 0) + each_ * values[k];
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    const Planes d = neighbours_.vectors(), along = neighbours_.derivatives();
    const double* slope = slopes_.data();
    for (std::size_t p = 0; p < neighbours_.count(); ++p) {
      double scale = 0;
      for (std::size_t k = 0; k < qs_.size(); ++k) scale += weights[k] * *slope++;
      along.x[p] = scale * d.x[p];
      along.y[p] = scale * d.y[p];
      along.z[p] = scale * d.z[p];
    }
    neighbours_.pullBack(gradient, boxGradient);
  }

 private:
  bool within_;
  double window_, each_;
  NeighbourVectors neighbours_;
  std::vector<double> qs_;
  std::vector<double> slopes_;  // of each pair and q, by the distance, over the distance
};

}  // namespace

void expectDebye(const DescriptorLine& line) { debyeOf(line); }

std::unique_ptr<DescriptorBlock> makeDebyeScatterings(const std::vector<DescriptorLine>& lines) {
  return makeBlocks(lines, sameWindow, [](const std::vector<DescriptorLine>& alike) {
    return std::make_unique<DebyeScattering>(alike);
  });
}

}  // namespace latentcv
