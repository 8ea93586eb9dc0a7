#include <algorithm>
#include <cmath>

#include "descriptors/kinds.h"
#include "descriptors/sequence.h"
#include "descriptors/vectors.h"
#include "kernels/crystals.h"
#include "kernels/kernels.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

/** Rows of an inverse matrix: fractional coordinates are a position times it. */
std::array<Vector3, 3> inverseOfBox(const Box& box) {
  if (!box.periodic())
    throw Error(ErrorCode::badArgument,
                "expected a periodic box, as Miller indices of bragg count in it, but there is none");
  const std::array<Vector3, 3>& rows = box.rows();
  const double volume = dot(rows[0], cross(rows[1], rows[2]));
  std::array<Vector3, 3> inverse{};
  for (std::size_t i = 0; i < 3; ++i) {
    const Vector3 column = cross(rows[(i + 1) % 3], rows[(i + 2) % 3]);
    for (std::size_t c = 0; c < 3; ++c) inverse[c][i] = column[c] / volume;
  }
  return inverse;
}

/** Lines of one group. */
class Bragg : public DescriptorBlock {
 public:
  explicit Bragg(const std::vector<DescriptorLine>& lines)
      : atoms_(lines.front().atoms()), padded_((atoms_.size() + waveAtoms - 1) / waveAtoms * waveAtoms) {
    fractions_.assign(4 * padded_, 0.0);
    std::fill_n(fractions_.begin() + static_cast<std::ptrdiff_t>(3 * padded_), atoms_.size(), 1.0);
    derivatives_.assign(3 * padded_, 0.0);
    for (const DescriptorLine& line : lines) {
      for (double number : line.numbers) {
        indices_.push_back(static_cast<int>(number));
        highest_ = std::max(highest_, std::abs(indices_.back()));
      }
      ends_.push_back(indices_.size() / 3);
    }
    sums_.resize(2 * ends_.back());
    factors_.resize(sums_.size());
    powers_.assign(6 * (static_cast<std::size_t>(highest_) + 1) * waveAtoms, 0.0);
  }

  std::size_t count() const override { return ends_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    inverse_ = inverseOfBox(box);
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
      const double* at = positions + 3 * atoms_[i];
      for (std::size_t axis = 0; axis < 3; ++axis)
        fractions_[axis * padded_ + i] =
            at[0] * inverse_[0][axis] + at[1] * inverse_[1][axis] + at[2] * inverse_[2][axis];
    }
    crystalKernels().sumWaves(fractional(), waves(), sums_.data());
    std::size_t wave = 0;
    for (std::size_t end : ends_) {
      double total = 0;
      const double waves = static_cast<double>(end - wave);
      for (; wave < end; ++wave) total += std::hypot(sums_[2 * wave], sums_[2 * wave + 1]);
      *values++ = total / (waves * static_cast<double>(atoms_.size()));
    }
  }

  // Nothing is by the box: where atoms move with it, their fractional coordinates stay.
  void pullBack(const double* weights, double* gradient, double*) const override {
    std::size_t wave = 0;
    for (std::size_t end : ends_) {
      const double share =
          *weights++ / (static_cast<double>(end - wave) * static_cast<double>(atoms_.size()));
      for (; wave < end; ++wave) {
        const double c = sums_[2 * wave], s = sums_[2 * wave + 1], size = std::hypot(c, s);
        // a modulus has no derivative at 0
        const double scale = size > 0 ? share / size : 0;
        factors_[2 * wave] = scale * c;
        factors_[2 * wave + 1] = scale * s;
      }
    }
    std::fill(derivatives_.begin(), derivatives_.end(), 0.0);
    double* d = derivatives_.data();
    const Planes byFractions = {d, d + padded_, d + 2 * padded_};
    crystalKernels().pullWaves(fractional(), waves(), factors_.data(), byFractions);
    for (std::size_t i = 0; i < atoms_.size(); ++i)
      for (std::size_t c = 0; c < 3; ++c)
        gradient[3 * atoms_[i] + c] += inverse_[c][0] * byFractions.x[i] + inverse_[c][1] * byFractions.y[i] +
                                       inverse_[c][2] * byFractions.z[i];
  }

 private:
  FractionalAtoms fractional() const {
    const double* f = fractions_.data();
    return {f, f + padded_, f + 2 * padded_, f + 3 * padded_, atoms_.size()};
  }
  PlaneWaves waves() const { return {indices_.data(), indices_.size() / 3, highest_, powers_.data()}; }

  AtomIndices atoms_;
  std::size_t padded_;
  std::vector<int> indices_;       // [waves, 3]
  std::vector<std::size_t> ends_;  // of each line's waves
  int highest_ = 0;
  std::array<Vector3, 3> inverse_{};
  Buffer<double> fractions_;  // by axis, and 1 for each atom that there is
  std::vector<double> sums_;
  // work space
  mutable std::vector<double> factors_;
  mutable Buffer<double> powers_, derivatives_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeBraggs(const std::vector<DescriptorLine>& lines) {
  return makeBlocks(
      lines, [](const auto& a, const auto& b) { return a.groups == b.groups; },
      [](const std::vector<DescriptorLine>& alike) { return std::make_unique<Bragg>(alike); });
}

}  // namespace latentcv
