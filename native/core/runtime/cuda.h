#pragma once

#include <cstddef>

#include "runtime/abi.h"

namespace latentcv {

/** Whether NVIDIA's driver is on this machine: all that can be told without loading ONNX Runtime. */
bool hasCudaDriver();

/**
 * Gives a session to ONNX Runtime's CUDA provider, on the first device that CUDA shows. Throws Error
 * `missingTool` naming what is missing: the provider's library, one of CUDA's, or the driver.
 */
void appendCudaProvider(ort::SessionOptions* options);

/** Copies between this process's memory and the device's, by the CUDA runtime that the provider loaded. */
class CudaCopies {
 public:
  /** Throws Error `missingTool` where no provider has loaded a CUDA runtime. */
  CudaCopies();

  /** These return when the copy is done; they throw Error with CUDA's words. */
  void toDevice(void* device, const void* host, std::size_t bytes) const;
  void toHost(void* host, const void* device, std::size_t bytes) const;

 private:
  void check(int status) const;

  int (*copy_)(void* to, const void* from, std::size_t bytes, int kind);
  int (*synchronize_)();
  const char* (*message_)(int status);
};

}  // namespace latentcv
