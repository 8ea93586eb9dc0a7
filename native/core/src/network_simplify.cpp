#include <algorithm>

#include "kernels.h"
#include "network.h"

namespace latentcv {
namespace {

bool linear(const Step& step) { return step.kind == StepKind::affine || step.kind == StepKind::scaleShift; }

/** How many steps, or the network itself, read each slot. */
std::vector<std::size_t> countReaders(const Network& network) {
  std::vector<std::size_t> readers(network.sizes.size(), 0);
  ++readers[network.output];
  for (const Step& step : network.steps)
    for (std::size_t slot : step.inputs) ++readers[slot];
  return readers;
}

/** second ∘ first for the four combinations of linear steps; sizes are those of their vectors. */
class Composition {
 public:
  Composition(const Step& first, const Step& second, const std::vector<std::size_t>& sizes)
      : first_(first),
        second_(second),
        in_(sizes[first.inputs.front()]),
        middle_(sizes[first.output]),
        out_(sizes[second.output]) {}

  /** Whether one step costs no more than the two. */
  bool worthwhile() const {
    if (!bothAffine()) return !keptAtHalfWidth(first_) && !keptAtHalfWidth(second_);
    return out_ * in_ <= out_ * middle_ + middle_ * in_;
  }

  Step compose() const {
    Step result = first_;
    result.output = second_.output;
    result.kind = first_.kind == StepKind::affine ? first_.kind : second_.kind;
    result.shift = shift();
    if (second_.kind == StepKind::affine)
      result.matrix = first_.kind == StepKind::affine ? product() : scaledColumns();
    else if (first_.kind == StepKind::affine)
      scaleRows(result.matrix);
    else
      std::transform(first_.scale.begin(), first_.scale.end(), second_.scale.begin(), result.scale.begin(),
                     [](double a, double b) { return a * b; });
    return result;
  }

 private:
  // A large matrix costs its way through the caches, and scaled it takes twice that (see BlockedMatrix).
  static bool keptAtHalfWidth(const Step& step) {
    return large(step.matrix.size()) && inSinglePrecision(step.matrix);
  }

  bool bothAffine() const { return first_.kind == StepKind::affine && second_.kind == StepKind::affine; }

  std::vector<double> shift() const {
    std::vector<double> result = second_.shift;
    for (std::size_t r = 0; r < out_; ++r) {
      if (second_.kind == StepKind::scaleShift) {
        result[r] += second_.scale[r] * first_.shift[r];
        continue;
      }
      for (std::size_t m = 0; m < middle_; ++m)
        result[r] += second_.matrix[r * middle_ + m] * first_.shift[m];
    }
    return result;
  }

  std::vector<double> product() const {
    std::vector<double> result(out_ * in_, 0);
    for (std::size_t r = 0; r < out_; ++r)
      for (std::size_t m = 0; m < middle_; ++m)
        for (std::size_t c = 0; c < in_; ++c)
          result[r * in_ + c] += second_.matrix[r * middle_ + m] * first_.matrix[m * in_ + c];
    return result;
  }

  std::vector<double> scaledColumns() const {
    std::vector<double> result = second_.matrix;
    for (std::size_t i = 0; i < result.size(); ++i) result[i] *= first_.scale[i % middle_];
    return result;
  }

  void scaleRows(std::vector<double>& matrix) const {
    for (std::size_t i = 0; i < matrix.size(); ++i) matrix[i] *= second_.scale[i / in_];
  }

  const Step &first_, &second_;
  std::size_t in_, middle_, out_;
};

/** Folds one pair of steps; false where none is left. */
bool foldOne(Network& network) {
  const std::vector<std::size_t> readers = countReaders(network);
  auto& steps = network.steps;
  for (auto second = steps.begin(); second != steps.end(); ++second) {
    if (!linear(*second) || readers[second->inputs.front()] != 1) continue;
    const auto first = std::find_if(steps.begin(), second,
                                    [&](const Step& step) { return step.output == second->inputs.front(); });
    if (first == second || !linear(*first)) continue;
    const Composition composition(*first, *second, network.sizes);
    if (!composition.worthwhile()) continue;
    *second = composition.compose();
    steps.erase(first);
    return true;
  }
  return false;
}

}  // namespace

void simplify(Network& network) {
  while (foldOne(network)) {
  }
}

}  // namespace latentcv
