#include "kernels/processor.h"
#include "kernels/sets.h"

namespace latentcv {
namespace {

template <typename T>
const Kernels<T>& choose() {
#if defined(__x86_64__)
  if (vectorInstructions().avx512) return avx512::kernelSet<T>();
  if (vectorInstructions().avx2AndFma) return avx2::kernelSet<T>();
#endif
  return baseline::kernelSet<T>();
}

const PairKernels& choosePairs() {
#if defined(__x86_64__)
  if (vectorInstructions().avx512) return avx512::pairKernelSet();
  if (vectorInstructions().avx2AndFma) return avx2::pairKernelSet();
#endif
  return baseline::pairKernelSet();
}

const CrystalKernels& chooseCrystals() {
#if defined(__x86_64__)
  if (vectorInstructions().avx512) return avx512::crystalKernelSet();
  if (vectorInstructions().avx2AndFma) return avx2::crystalKernelSet();
#endif
  return baseline::crystalKernelSet();
}

const EnvironmentKernels& chooseEnvironments() {
#if defined(__x86_64__)
  if (vectorInstructions().avx512) return avx512::environmentKernelSet();
  if (vectorInstructions().avx2AndFma) return avx2::environmentKernelSet();
#endif
  return baseline::environmentKernelSet();
}

}  // namespace

template <typename T>
const Kernels<T>& kernels() {
  static const Kernels<T>& chosen = choose<T>();
  return chosen;
}

const PairKernels& pairKernels() {
  static const PairKernels& chosen = choosePairs();
  return chosen;
}

const CrystalKernels& crystalKernels() {
  static const CrystalKernels& chosen = chooseCrystals();
  return chosen;
}

const EnvironmentKernels& environmentKernels() {
  static const EnvironmentKernels& chosen = chooseEnvironments();
  return chosen;
}

template const Kernels<float>& kernels<float>();
template const Kernels<double>& kernels<double>();

}  // namespace latentcv
