// What every processor of the architecture has: SSE2 on x86-64, NEON on ARM.
#include "kernels/sets.h"

#define KERNEL_SET baseline
#define KERNEL_NAME "128-bit vectors"
#define VECTOR_BYTES 16
#define BLOCK_ROWS 4
#define MOST_COTANGENTS 2
#include "kernels/kernels_impl.h"
