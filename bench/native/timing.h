#pragma once

#include <time.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

namespace bench {

/** CPU time of this thread, in microseconds. */
inline double threadMicroseconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e6 * static_cast<double>(now.tv_sec) + 1e-3 * static_cast<double>(now.tv_nsec);
}

/** What is timed, and the microseconds per call of every round. */
struct Measurement {
  std::function<void()> call;
  std::size_t repeats = 1;
  std::vector<double> rounds;

  explicit Measurement(std::function<void()> what) : call(std::move(what)) {}

  /** So many repeats that a round takes `microseconds`, which leaves the clock's own cost out. */
  void calibrate(double microseconds) {
    call();
    const double start = threadMicroseconds();
    std::size_t calls = 0;
    while (threadMicroseconds() - start < microseconds) call(), ++calls;
    repeats = std::max<std::size_t>(calls, 1);
  }

  void round() {
    call();  // brings its own data back to the cache
    const double start = threadMicroseconds();
    for (std::size_t i = 0; i < repeats; ++i) call();
    rounds.push_back((threadMicroseconds() - start) / static_cast<double>(repeats));
  }

  double min() const { return *std::min_element(rounds.begin(), rounds.end()); }

  double median() const {
    std::vector<double> sorted = rounds;
    std::sort(sorted.begin(), sorted.end());
    return sorted[sorted.size() / 2];
  }
};

}  // namespace bench
