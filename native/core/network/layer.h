#pragma once

#include <cstddef>

namespace latentcv {

/** A vector of the network for the frame at hand, and the cotangents that flow back to it. */
template <typename T>
struct Slot {
  std::size_t size = 0;
  std::size_t stride = 0;  // between the adjoints of two outputs, the same in all slots
  T* value = nullptr;      // [size], padded
  T* adjoints = nullptr;   // [outputs, stride]
};

/** One step of the network at work. */
template <typename T>
class Layer {
 public:
  virtual ~Layer() = default;

  /** Computes the output slot's value, and keeps what reverse needs. */
  virtual void forward() = 0;

  /** Adds to the inputs' first `count` adjoints what flows back from the output's. */
  virtual void reverse(std::size_t count) = 0;
};

}  // namespace latentcv
