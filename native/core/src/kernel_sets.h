#pragma once

#include "kernels.h"

// One set of kernels per vector width; kernels.cpp chooses among them when the first model is loaded.
namespace latentcv {

namespace baseline {
template <typename T>
const Kernels<T>& kernelSet();
}

#if defined(__x86_64__)
namespace avx2 {
template <typename T>
const Kernels<T>& kernelSet();
}
namespace avx512 {
template <typename T>
const Kernels<T>& kernelSet();
}
#endif

}  // namespace latentcv
