#pragma once

#include "kernels/crystals.h"
#include "kernels/environments.h"
#include "kernels/kernels.h"
#include "kernels/pairs.h"

// One set of kernels per vector width; choice.cpp chooses among them when the first model is loaded.
namespace latentcv {

namespace baseline {
template <typename T>
const Kernels<T>& kernelSet();
const PairKernels& pairKernelSet();
const CrystalKernels& crystalKernelSet();
const EnvironmentKernels& environmentKernelSet();
}  // namespace baseline

#if defined(__x86_64__)
namespace avx2 {
template <typename T>
const Kernels<T>& kernelSet();
const PairKernels& pairKernelSet();
const CrystalKernels& crystalKernelSet();
const EnvironmentKernels& environmentKernelSet();
}  // namespace avx2
namespace avx512 {
template <typename T>
const Kernels<T>& kernelSet();
const PairKernels& pairKernelSet();
const CrystalKernels& crystalKernelSet();
const EnvironmentKernels& environmentKernelSet();
}  // namespace avx512
#endif

}  // namespace latentcv
