#include <algorithm>

#include "kernels/kernels.h"
#include "network/network.h"

namespace latentcv {
namespace {

bool linear(const Step& step) { return step.kind == StepKind::affine || step.kind == StepKind::scaleShift; }

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

/** Folds linear steps into the linear steps after them, in one walk: a graph may have very many. */
class Folding {
 public:
  explicit Folding(Network& network)
      : network_(network), readers_(countReaders(network)), producers_(network.sizes.size(), nullptr) {}

  void run() {
    for (Step& step : network_.steps) {
      while (foldProducerInto(step)) {
      }
      producers_[step.output] = &step;
    }
    std::vector<Step> left;
    for (Step& step : network_.steps)
      if (producers_[step.output] == &step) left.push_back(std::move(step));
    network_.steps = std::move(left);
  }

 private:
  bool foldProducerInto(Step& second) {
    if (!linear(second)) return false;
    const std::size_t slot = second.inputs.front();
    const Step* first = producers_[slot];
    if (!first || !linear(*first) || readers_[slot] != 1) return false;
    const Composition composition(*first, second, network_.sizes);
    if (!composition.worthwhile()) return false;
    second = composition.compose();
    producers_[slot] = nullptr;
    return true;
  }

  Network& network_;
  const std::vector<std::size_t> readers_;
  std::vector<const Step*> producers_;  // of each slot
};

}  // namespace

std::vector<std::size_t> countReaders(const Network& network) {
  std::vector<std::size_t> readers(network.sizes.size(), 0);
  ++readers[network.output];
  for (const Step& step : network.steps)
    for (std::size_t slot : step.inputs) ++readers[slot];
  return readers;
}

void simplify(Network& network) { Folding(network).run(); }

}  // namespace latentcv
