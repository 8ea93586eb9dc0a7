#pragma once

#include <cstddef>
#include <vector>

namespace bench {

/**
 * A loop of fused multiply-adds of float or double on registers alone.
 * @return multiply-adds that one call does
 */
std::size_t multiplyAdds(bool single);

/** Reads a buffer once forwards and once backwards, the way that gives a cache the best chance. */
class Streaming {
 public:
  explicit Streaming(std::size_t bytes);
  void readTwice();

 private:
  std::vector<float> buffer_;
};

}  // namespace bench
