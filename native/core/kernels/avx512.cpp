#include "kernels/sets.h"

#if defined(__x86_64__)
#include <immintrin.h>

// The pragma comes after every other header, so that no inline function of theirs is compiled for AVX-512
// and then, chosen by the linker, run on a processor without it.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,fma"))), apply_to = function)
#else
#pragma GCC target("avx512f,fma")
#endif
#define KERNEL_SET avx512
#define KERNEL_NAME "AVX-512"
// GCC 12 makes four instructions of __builtin_convertvector
#define WIDEN(from) _mm512_maskz_cvtps_pd(0xff, _mm256_load_ps(from))
#define SQUARE_ROOT(x) _mm512_maskz_sqrt_pd(0xff, x)
#define VECTOR_BYTES 64
#define BLOCK_ROWS 8
#define MOST_COTANGENTS 4
#include "kernels/kernels_impl.h"
#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
