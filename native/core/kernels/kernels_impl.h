// Included once per vector width, with KERNEL_SET, KERNEL_NAME, VECTOR_BYTES, BLOCK_ROWS and MOST_COTANGENTS
// defined; it includes nothing but parts of itself, see avx2.cpp. No include guard on purpose.
#include "kernels/environments_impl.h"

namespace latentcv {
namespace KERNEL_SET {
namespace {

// y [BLOCK_ROWS] = sums over lanes + bias
template <typename T>
inline void finishRows(Vector<T>* sums, const T* bias, T* y) {
  constexpr int lanes = lanesOf<T>, group = BLOCK_ROWS < lanes ? BLOCK_ROWS : lanes;
#pragma GCC unroll 8
  for (int first = 0; first < BLOCK_ROWS; first += group) {
    sumLanes<group / 2, T>(sums + first);
    if constexpr (group == lanes)
      store(y + first, load(bias + first) + sums[first]);
    else
      storeHalf(y, loadHalf(bias) + addHalves<T>(sums[0], std::make_integer_sequence<int, lanes / 2>()));
  }
}

template <typename T, typename Weight>
void multiplyBy(const BlockedView<T>& matrix, const Weight* w, const T* bias, const T* x, T* y) {
  constexpr int lanes = lanesOf<T>;
  for (std::size_t block = 0; block < matrix.rowBlocks; ++block, bias += BLOCK_ROWS, y += BLOCK_ROWS) {
    Vector<T> sums[BLOCK_ROWS] = {};
    for (std::size_t chunk = 0; chunk < matrix.chunks; ++chunk, w += BLOCK_ROWS * lanes) {
      const Vector<T> xs = load(x + chunk * lanes);
#pragma GCC unroll 8
      for (int r = 0; r < BLOCK_ROWS; ++r) sums[r] += loadAs<T>(w + r * lanes) * xs;
    }
    finishRows(sums, bias, y);
  }
}

template <typename T>
void multiply(BlockedView<T> matrix, const T* bias, const T* x, T* y) {
  if (matrix.halves)
    multiplyBy(matrix, matrix.halves, bias, x, y);
  else
    multiplyBy(matrix, matrix.elements, bias, x, y);
}

// `count` cotangents at once, so that the weights are read once for all of them; from the last block to the
// first, as the last ones are what `multiply` left in the cache.
template <int count, typename T, typename Weight>
void addTransposedRows(const BlockedView<T>& matrix, const Weight* weights, const T* g, std::size_t gStride,
                       T* out, std::size_t outStride) {
  constexpr int lanes = lanesOf<T>;
  for (std::size_t block = matrix.rowBlocks; block-- > 0;) {
    const Weight* w = weights + block * matrix.chunks * BLOCK_ROWS * lanes;
    Vector<T> factors[count][BLOCK_ROWS];
#pragma GCC unroll 4
    for (int m = 0; m < count; ++m)
#pragma GCC unroll 8
      for (int r = 0; r < BLOCK_ROWS; ++r)
        factors[m][r] = Vector<T>{} + g[m * gStride + block * BLOCK_ROWS + r];
    for (std::size_t chunk = 0; chunk < matrix.chunks; ++chunk, w += BLOCK_ROWS * lanes) {
      // added to `out` last, so that a block need not wait for the one before
      Vector<T> sums[count] = {};
#pragma GCC unroll 8
      for (int r = 0; r < BLOCK_ROWS; ++r) {
        const Vector<T> row = loadAs<T>(w + r * lanes);
#pragma GCC unroll 4
        for (int m = 0; m < count; ++m) sums[m] += row * factors[m][r];
      }
#pragma GCC unroll 4
      for (int m = 0; m < count; ++m) {
        T* to = out + m * outStride + chunk * lanes;
        store(to, load(to) + sums[m]);
      }
    }
  }
}

template <typename T, typename Weight>
void addTransposedBy(const BlockedView<T>& matrix, const Weight* weights, std::size_t count, const T* g,
                     std::size_t gStride, T* out, std::size_t outStride) {
  while (count > 0) {
    const std::size_t now = count >= MOST_COTANGENTS ? MOST_COTANGENTS : (count >= 2 ? 2 : 1);
    if (now == MOST_COTANGENTS)
      addTransposedRows<MOST_COTANGENTS>(matrix, weights, g, gStride, out, outStride);
    else if (now == 2)
      addTransposedRows<2>(matrix, weights, g, gStride, out, outStride);
    else
      addTransposedRows<1>(matrix, weights, g, gStride, out, outStride);
    g += now * gStride;
    out += now * outStride;
    count -= now;
  }
}

template <typename T>
void addTransposed(BlockedView<T> matrix, std::size_t count, const T* g, std::size_t gStride, T* out,
                   std::size_t outStride) {
  if (matrix.halves)
    addTransposedBy(matrix, matrix.halves, count, g, gStride, out, outStride);
  else
    addTransposedBy(matrix, matrix.elements, count, g, gStride, out, outStride);
}

template <typename T>
void addProducts(std::size_t count, std::size_t n, const T* factors, const T* g, T* out, std::size_t stride) {
  for (; count > 0; count--, g += stride, out += stride)
    for (std::size_t i = 0; i < n; i += lanesOf<T>)
      store(out + i, load(out + i) + load(g + i) * load(factors + i));
}

}  // namespace

template <typename T>
const Kernels<T>& kernelSet() {
  static const Kernels<T> set = {
      KERNEL_NAME,        lanesOf<T>,
      BLOCK_ROWS,         multiply<T>,
      addTransposed<T>,   addProducts<T>,
      vectorFunctions<T>, sizeof(vectorFunctions<T>) / sizeof(vectorFunctions<T>[0])};
  return set;
}
template const Kernels<float>& kernelSet<float>();
template const Kernels<double>& kernelSet<double>();

}  // namespace KERNEL_SET
}  // namespace latentcv
