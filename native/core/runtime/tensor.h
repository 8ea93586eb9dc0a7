#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/cuda.h"
#include "runtime/handle.h"

namespace latentcv {

/** Where the tensors of a session live. */
class TensorMemory {
 public:
  virtual ~TensorMemory() = default;

  /**
   * The tensor that ONNX Runtime sees of `bytes` at `host`, and where its own
   * memory is, if that is elsewhere.
   */
  virtual void* allocate(void* host, std::size_t bytes, const std::vector<std::int64_t>& shape,
                         int elementType, ort::Value** value) const = 0;
  virtual void toDevice(void* device, const void* host, std::size_t bytes) const = 0;
  virtual void toHost(void* host, const void* device, std::size_t bytes) const = 0;
};

/** In this process's memory. */
std::unique_ptr<TensorMemory> hostMemory();

/** In the memory of the CUDA device that the session runs on, which must outlive what is allocated. */
std::unique_ptr<TensorMemory> cudaMemory(ort::Session* session);

/** A tensor of float or double as the graph wants it, allocated once, seen from outside as doubles. */
class BoundTensor {
 public:
  BoundTensor(const TensorMemory& memory, int elementType, const std::vector<std::int64_t>& shape);

  std::size_t count() const { return count_; }
  bool singlePrecision() const { return type_ != ort::doubleElements; }
  ort::Value* value() const { return value_.get(); }

  /** Writes all numbers, to where ONNX Runtime reads them. */
  void set(const double* values);

  /** Fetches what ONNX Runtime wrote; `get` and `at` then give it. */
  void fetch();
  void get(double* values) const;
  double at(std::size_t i) const { return type_ == ort::doubleElements ? doubles_[i] : floats_[i]; }

 private:
  void* host() { return type_ == ort::doubleElements ? static_cast<void*>(doubles_.data()) : floats_.data(); }
  std::size_t bytes() const {
    return count_ * (type_ == ort::doubleElements ? sizeof(double) : sizeof(float));
  }

  const TensorMemory& memory_;
  int type_;
  std::size_t count_ = 1;
  std::vector<float> floats_;
  std::vector<double> doubles_;
  void* device_ = nullptr;
  Handle<ort::Value, ort::ReleaseValue> value_;
};

}  // namespace latentcv
