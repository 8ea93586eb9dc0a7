/*
What each of several actions adds to a step of PLUMED, in one PLUMED: the same arguments at the same places in
memory. usage: own_cost ATOMS MOLECULE ROUNDS STEPS INPUT STRIDE STRIDE …

Biases in the input have STRIDE=p, for a few primes p. A step whose number is a multiple of one p alone has
the actions that biases with that stride need, and no others. Each round times STEPS steps of every kind in
turn, after two that fill the caches.

Prints JSON: [{stride, microseconds: {min, median}, overFirst}], the time of a step being the lower quartile
of its block (thread CPU time), and overFirst the median over the rounds of the difference to the first
stride.
*/
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <vector>

#include "engine.h"

namespace {

double quantile(std::vector<double> numbers, double fraction) {
  std::sort(numbers.begin(), numbers.end());
  return numbers[static_cast<std::size_t>(fraction * static_cast<double>(numbers.size() - 1))];
}

class Strides {
 public:
  Strides(const char* file, const System& system, std::vector<long> strides, std::size_t steps)
      : engine_(file, system),
        frames_(makeFrames(system)),
        strides_(std::move(strides)),
        steps_(steps),
        times_(strides_.size()),
        differences_(strides_.size()) {}

  /** The first stride at both ends, so that a drift of the processor's clock is no difference. */
  void round() {
    const double first = block(strides_[0]);
    std::vector<double> times{0};
    for (std::size_t i = 1; i < strides_.size(); ++i) times.push_back(block(strides_[i]));
    times[0] = (first + block(strides_[0])) / 2;
    for (std::size_t i = 0; i < times.size(); ++i) {
      times_[i].push_back(times[i]);
      differences_[i].push_back(times[i] - times[0]);
    }
  }

  void print() const {
    for (std::size_t i = 0; i < strides_.size(); ++i)
      std::printf(
          "%s{\"stride\": %ld, \"microseconds\": {\"min\": %.3f, \"median\": %.3f}, \"overFirst\": %.3f}",
          i ? ",\n " : "[", strides_[i], quantile(times_[i], 0), quantile(times_[i], 0.5),
          quantile(differences_[i], 0.5));
    std::printf("]\n");
  }

 private:
  bool alone(long stride) const {
    return std::all_of(strides_.begin(), strides_.end(),
                       [&](long other) { return (step_ % other == 0) == (other == stride); });
  }

  double time(long stride) {
    do ++step_;
    while (!alone(stride));
    const double began = threadMicroseconds();
    engine_.step(step_, frames_[static_cast<std::size_t>(step_) % frames_.size()]);
    return threadMicroseconds() - began;
  }

  double block(long stride) {
    for (int i = 0; i < 2; ++i) time(stride);
    std::vector<double> times(steps_);
    for (double& each : times) each = time(stride);
    return quantile(times, 0.25);
  }

  Engine engine_;
  std::vector<Coordinates> frames_;
  std::vector<long> strides_;
  std::size_t steps_;
  std::vector<std::vector<double>> times_, differences_;
  long step_ = 0;
};

}  // namespace

int main(int count, char** arguments) try {
  if (count < 7) throw std::invalid_argument("expected ATOMS MOLECULE ROUNDS STEPS INPUT STRIDE …");
  const auto number = [&](int i) { return std::strtoul(arguments[i], nullptr, 10); };
  std::vector<long> strides;
  for (int i = 6; i < count; ++i) strides.push_back(static_cast<long>(number(i)));
  Strides timed(arguments[5], {number(1), number(2)}, strides, number(4));
  for (std::size_t i = 0; i < number(3); ++i) timed.round();
  timed.print();
} catch (const std::exception& problem) {
  std::fprintf(stderr, "own_cost: %s\n", problem.what());
  return 1;
}
