#pragma once

#include <cstddef>
#include <memory>

namespace latentcv {

/**
 * Memory for the numbers of batches, used again once a batch is let go: fresh pages of the system cost as
 * much as filling them, and threads wait for each other there.
 */
class NumberPool {
 public:
  NumberPool();

  /** Room for `count` numbers, whatever they are. It may be let go on any thread, and after the pool. */
  std::shared_ptr<double[]> take(std::size_t count);

 private:
  struct Free;
  std::shared_ptr<Free> free_;
};

}  // namespace latentcv
