#include <algorithm>

#include "network/network.h"

// Functions that a graph writes out by an exponential, which overflows where they are flat: their own steps
// do not.
namespace latentcv {
namespace {

bool isActivation(const Step* step, const char* function) {
  return step && step->kind == StepKind::activation && step->function == function;
}

/** 1 · x + 1 */
bool addsOne(const Step* step) {
  const auto one = [](double number) { return number == 1; };
  return step && step->kind == StepKind::scaleShift &&
         std::all_of(step->scale.begin(), step->scale.end(), one) &&
         std::all_of(step->shift.begin(), step->shift.end(), one);
}

/** Finds 1/(1 + exp(x)) and log(1 + exp(x)), in one walk. */
class Recognition {
 public:
  explicit Recognition(Network& network)
      : network_(network), readers_(countReaders(network)), producers_(network.sizes.size(), nullptr) {}

  void run() {
    for (Step& step : network_.steps) {
      if (isActivation(&step, "Reciprocal"))
        toSigmoid(step);
      else if (isActivation(&step, "Log"))
        toSoftplus(step);
      producers_[step.output] = &step;
    }
    std::vector<Step> left;
    for (Step& step : network_.steps)
      if (producers_[step.output] == &step) left.push_back(std::move(step));
    network_.steps = std::move(left);
  }

 private:
  /** What makes a slot, if nothing else reads that. */
  Step* onlyFor(std::size_t slot) const { return readers_[slot] == 1 ? producers_[slot] : nullptr; }

  /** The step that adds one to an exponential before this one, and that exponential. */
  struct Found {
    Step *shifted = nullptr, *exponential = nullptr;
    explicit operator bool() const { return exponential != nullptr; }
  };

  Found onePlusExponential(const Step& step) const {
    Step* const shifted = onlyFor(step.inputs.front());
    if (!addsOne(shifted)) return {};
    Step* const exponential = onlyFor(shifted->inputs.front());
    return isActivation(exponential, "Exp") ? Found{shifted, exponential} : Found{};
  }

  /** 1/(1 + exp(x)) = sigmoid(−x) */
  void toSigmoid(Step& step) {
    const Found found = onePlusExponential(step);
    if (!found) return;
    found.shifted->inputs = found.exponential->inputs;
    std::fill(found.shifted->scale.begin(), found.shifted->scale.end(), -1);
    std::fill(found.shifted->shift.begin(), found.shifted->shift.end(), 0);
    producers_[found.exponential->output] = nullptr;
    step.function = "Sigmoid";
  }

  /** log(1 + exp(x)) = softplus(x) */
  void toSoftplus(Step& step) {
    const Found found = onePlusExponential(step);
    if (!found) return;
    step.inputs = found.exponential->inputs;
    producers_[found.exponential->output] = producers_[found.shifted->output] = nullptr;
    step.function = "Softplus";
  }

  Network& network_;
  const std::vector<std::size_t> readers_;
  std::vector<Step*> producers_;  // of each slot
};

}  // namespace

void recognize(Network& network) { Recognition(network).run(); }

}  // namespace latentcv
