#include "kernels/sets.h"

#if defined(__x86_64__)
#include <immintrin.h>

// The pragma comes after every other header, so that no inline function of theirs is compiled for AVX2
// and then, chosen by the linker, run on a processor without it.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC target("avx2,fma")
#endif
#define KERNEL_SET avx2
#define KERNEL_NAME "AVX2"
#define SQUARE_ROOT(x) _mm256_sqrt_pd(x)
#define VECTOR_BYTES 32
#define BLOCK_ROWS 4
#define MOST_COTANGENTS 2
#include "kernels/kernels_impl.h"
#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
