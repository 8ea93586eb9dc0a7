// Included once per vector width, with KERNEL_SET, KERNEL_NAME, VECTOR_BYTES, BLOCK_ROWS and
// MOST_COTANGENTS defined; it includes nothing itself, see kernels_avx2.cpp. No include guard on purpose.

namespace latentcv {
namespace KERNEL_SET {
namespace {

template <typename T>
struct VectorOf;
template <>
struct VectorOf<float> {
  typedef float type __attribute__((vector_size(VECTOR_BYTES)));
};
template <>
struct VectorOf<double> {
  typedef double type __attribute__((vector_size(VECTOR_BYTES)));
};

template <typename T>
void multiply(BlockedView<T> matrix, const T* bias, const T* x, T* y) {
  using Vector = typename VectorOf<T>::type;
  constexpr int lanes = VECTOR_BYTES / sizeof(T);
  const T* w = matrix.elements;
  for (std::size_t block = 0; block < matrix.rowBlocks; ++block, bias += BLOCK_ROWS, y += BLOCK_ROWS) {
    Vector sums[BLOCK_ROWS] = {};
    for (std::size_t chunk = 0; chunk < matrix.chunks; ++chunk, w += BLOCK_ROWS * lanes) {
      const Vector xs = *reinterpret_cast<const Vector*>(x + chunk * lanes);
#pragma GCC unroll 8
      for (int r = 0; r < BLOCK_ROWS; ++r) sums[r] += *reinterpret_cast<const Vector*>(w + r * lanes) * xs;
    }
#pragma GCC unroll 8
    for (int r = 0; r < BLOCK_ROWS; ++r) {
      T sum = bias[r];
#pragma GCC unroll 16
      for (int lane = 0; lane < lanes; ++lane) sum += sums[r][lane];
      y[r] = sum;
    }
  }
}

// `count` cotangents at once, so that the weights are read once for all of them.
template <int count, typename T>
void addTransposedRows(BlockedView<T> matrix, const T* g, std::size_t gStride, T* out,
                       std::size_t outStride) {
  using Vector = typename VectorOf<T>::type;
  constexpr int lanes = VECTOR_BYTES / sizeof(T);
  const T* w = matrix.elements;
  for (std::size_t block = 0; block < matrix.rowBlocks; ++block, g += BLOCK_ROWS) {
    Vector factors[count][BLOCK_ROWS];
#pragma GCC unroll 4
    for (int m = 0; m < count; ++m)
#pragma GCC unroll 8
      for (int r = 0; r < BLOCK_ROWS; ++r) factors[m][r] = Vector{} + g[m * gStride + r];
    for (std::size_t chunk = 0; chunk < matrix.chunks; ++chunk, w += BLOCK_ROWS * lanes) {
      Vector sums[count];
#pragma GCC unroll 4
      for (int m = 0; m < count; ++m)
        sums[m] = *reinterpret_cast<const Vector*>(out + m * outStride + chunk * lanes);
#pragma GCC unroll 8
      for (int r = 0; r < BLOCK_ROWS; ++r) {
        const Vector row = *reinterpret_cast<const Vector*>(w + r * lanes);
#pragma GCC unroll 4
        for (int m = 0; m < count; ++m) sums[m] += row * factors[m][r];
      }
#pragma GCC unroll 4
      for (int m = 0; m < count; ++m)
        *reinterpret_cast<Vector*>(out + m * outStride + chunk * lanes) = sums[m];
    }
  }
}

template <typename T>
void addTransposed(BlockedView<T> matrix, std::size_t count, const T* g, std::size_t gStride, T* out,
                   std::size_t outStride) {
  while (count > 0) {
    const std::size_t now = count >= MOST_COTANGENTS ? MOST_COTANGENTS : (count >= 2 ? 2 : 1);
    if (now == MOST_COTANGENTS)
      addTransposedRows<MOST_COTANGENTS>(matrix, g, gStride, out, outStride);
    else if (now == 2)
      addTransposedRows<2>(matrix, g, gStride, out, outStride);
    else
      addTransposedRows<1>(matrix, g, gStride, out, outStride);
    g += now * gStride;
    out += now * outStride;
    count -= now;
  }
}

}  // namespace

template <typename T>
const Kernels<T>& kernelSet() {
  static const Kernels<T> set = {KERNEL_NAME, VECTOR_BYTES / sizeof(T), BLOCK_ROWS, multiply<T>,
                                 addTransposed<T>};
  return set;
}
template const Kernels<float>& kernelSet<float>();
template const Kernels<double>& kernelSet<double>();

}  // namespace KERNEL_SET
}  // namespace latentcv
