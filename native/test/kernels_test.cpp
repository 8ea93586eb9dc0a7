#include <random>

#include "check.h"
#include "kernel_sets.h"

using namespace latentcv;

namespace {

std::vector<double> randomNumbers(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(-1, 1);
  std::vector<double> values(count);
  for (double& value : values) value = uniform(random);
  return values;
}

/** Packs as kernels.cpp does, but for any set of kernels. */
template <typename T>
BlockedMatrix<T> packFor(const Kernels<T>& set, const std::vector<double>& m, std::size_t rows,
                         std::size_t columns) {
  BlockedMatrix<T> packed;
  packed.rowBlocks = (rows + set.blockRows - 1) / set.blockRows;
  packed.chunks = (columns + set.lanes - 1) / set.lanes;
  packed.elements.assign(packed.rowBlocks * packed.chunks * set.blockRows * set.lanes, T(0));
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c)
      packed.elements[((r / set.blockRows * packed.chunks + c / set.lanes) * set.blockRows +
                       r % set.blockRows) *
                          set.lanes +
                      c % set.lanes] = static_cast<T>(m[r * columns + c]);
  return packed;
}

template <typename T>
Buffer<T> paddedRows(const std::vector<double>& values, std::size_t count, std::size_t size) {
  Buffer<T> rows(count * padded<T>(size), T(0));
  for (std::size_t m = 0; m < count; ++m)
    for (std::size_t i = 0; i < size; ++i)
      rows[m * padded<T>(size) + i] = static_cast<T>(values[m * size + i]);
  return rows;
}

/** Both products against sums written out, for sizes that fill no block or register. */
template <typename T>
void compareWithSums(const Kernels<T>& set, std::size_t rows, std::size_t columns, std::size_t count,
                     double tolerance) {
  const auto m = randomNumbers(rows * columns, 1), x = randomNumbers(columns, 2), b = randomNumbers(rows, 3);
  const auto g = randomNumbers(count * rows, 4), start = randomNumbers(count * columns, 5);
  const BlockedMatrix<T> matrix = packFor(set, m, rows, columns);
  Buffer<T> y = paddedRows<T>({}, 0, rows);
  y.assign(padded<T>(rows), T(0));
  set.multiply(view(matrix), paddedRows<T>(b, 1, rows).data(), paddedRows<T>(x, 1, columns).data(), y.data());
  for (std::size_t r = 0; r < rows; ++r) {
    double sum = b[r];
    for (std::size_t c = 0; c < columns; ++c) sum += m[r * columns + c] * x[c];
    CHECK_NEAR(y[r], sum, tolerance);
  }
  Buffer<T> out = paddedRows<T>(start, count, columns);
  set.addTransposed(view(matrix), count, paddedRows<T>(g, count, rows).data(), padded<T>(rows), out.data(),
                    padded<T>(columns));
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t c = 0; c < columns; ++c) {
      double sum = start[i * columns + c];
      for (std::size_t r = 0; r < rows; ++r) sum += g[i * rows + r] * m[r * columns + c];
      CHECK_NEAR(out[i * padded<T>(columns) + c], sum, tolerance);
    }
}

template <typename T>
void checkSet(const Kernels<T>& set, double tolerance) {
  for (std::size_t rows : {1, 2, 7, 8, 9, 33})
    for (std::size_t columns : {1, 3, 8, 17, 45})
      for (std::size_t count : {1, 2, 3, 4, 5, 7}) compareWithSums(set, rows, columns, count, tolerance);
}

}  // namespace

TEST("products with 128-bit vectors") {
  checkSet(baseline::kernelSet<double>(), 1e-13);
  checkSet(baseline::kernelSet<float>(), 1e-5);
}

#if defined(__x86_64__)
TEST("products with AVX2, where this processor has it") {
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return;
  checkSet(avx2::kernelSet<double>(), 1e-13);
  checkSet(avx2::kernelSet<float>(), 1e-5);
}

TEST("products with AVX-512, where this processor has it") {
  if (!__builtin_cpu_supports("avx512f")) return;
  checkSet(avx512::kernelSet<double>(), 1e-13);
  checkSet(avx512::kernelSet<float>(), 1e-5);
}
#endif
