#pragma once

namespace latentcv {

/** Vector instructions that this processor has and the system keeps the registers of; none but on x86-64. */
struct VectorInstructions {
  bool avx2AndFma = false, avx512 = false;
};

VectorInstructions vectorInstructions();

}  // namespace latentcv
