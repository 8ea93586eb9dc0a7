#include "kernels/processor.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace latentcv {

// __builtin_cpu_supports would do, but what Zig links for it says no to everything. Bits as Intel's manual has them
// (CPUID and XGETBV in volume 2A).
VectorInstructions vectorInstructions() {
  VectorInstructions has;
#if defined(__x86_64__)
  unsigned a = 0, b = 0, c = 0, d = 0;
  constexpr unsigned fma = 1U << 12, savesRegisters = 1U << 27;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & savesRegisters)) return has;
  const bool withFma = c & fma;
  unsigned saved = 0, high = 0;
  __asm__("xgetbv" : "=a"(saved), "=d"(high) : "c"(0));
  constexpr unsigned avxRegisters = 0x6, avx512Registers = 0xe6, avx2 = 1U << 5, avx512f = 1U << 16;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return has;
  has.avx2AndFma = withFma && (b & avx2) && (saved & avxRegisters) == avxRegisters;
  has.avx512 = (b & avx512f) && (saved & avx512Registers) == avx512Registers;
#endif
  return has;
}

}  // namespace latentcv
