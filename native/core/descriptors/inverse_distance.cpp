#include <cmath>

#include "descriptors/kinds.h"
#include "descriptors/pair_vectors.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

class InverseDistances : public DescriptorBlock {
 public:
  explicit InverseDistances(const std::vector<DescriptorLine>& lines) : vectors_(pairsOf(lines)) {
    for (const DescriptorLine& line : lines) lines_.push_back(line.text);
  }

  std::size_t count() const override { return vectors_.count(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    vectors_.evaluate(positions, box);
    for (std::size_t p = 0; p < count(); ++p) {
      values[p] = vectors_.inverses()[p];
      const double slope = slopeByLength(p);
      if (slope == 0 || !std::isfinite(slope))
        throw Error(ErrorCode::badArgument, "descriptor \"" + lines_[p] +
                                                "\" (atoms counted from 0 in the file's list): expected two "
                                                "atoms in different places but they are in one");
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (std::size_t p = 0; p < count(); ++p) vectors_.scales()[p] = weights[p] * slopeByLength(p);
    vectors_.pullBack(gradient, boxGradient);
  }

 private:
  /** d(1/r)/dr / r */
  double slopeByLength(std::size_t p) const {
    const double inverse = vectors_.inverses()[p];
    return -inverse * inverse * inverse;
  }

  mutable PairVectors vectors_;  // with work space for pullBack
  std::vector<std::string> lines_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeInverseDistances(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<InverseDistances>(lines);
}

}  // namespace latentcv
