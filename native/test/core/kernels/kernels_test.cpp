#include <random>

#include "kernels/sets.h"
#include "testing.h"

using namespace latentcv;

namespace {

std::vector<double> randomNumbers(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(-1, 1);
  std::vector<double> values(count);
  for (double& value : values) value = uniform(random);
  return values;
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
                     double tolerance, const std::vector<double>& m) {
  const auto x = randomNumbers(columns, 2), b = randomNumbers(rows, 3);
  const auto g = randomNumbers(count * rows, 4), start = randomNumbers(count * columns, 5);
  const BlockedMatrix<T> matrix = pack(set, m, rows, columns);
  Buffer<T> y = paddedRows<T>({}, 0, rows);
  y.assign(padded<T>(rows), T(0));
  set.multiply(view(matrix), paddedRows<T>(b, 1, rows).data(), paddedRows<T>(x, 1, columns).data(), y.data());
  for (std::size_t r = 0; r < rows; ++r) {
    double sum = b[r];
    for (std::size_t c = 0; c < columns; ++c) sum += m[r * columns + c] * x[c];
    CHECK(y[r] == near(sum, tolerance));
  }
  Buffer<T> out = paddedRows<T>(start, count, columns);
  set.addTransposed(view(matrix), count, paddedRows<T>(g, count, rows).data(), padded<T>(rows), out.data(),
                    padded<T>(columns));
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t c = 0; c < columns; ++c) {
      double sum = start[i * columns + c];
      for (std::size_t r = 0; r < rows; ++r) sum += g[i * rows + r] * m[r * columns + c];
      CHECK(out[i * padded<T>(columns) + c] == near(sum, tolerance));
    }
}

template <typename T>
void checkSet(const Kernels<T>& set, double tolerance) {
  for (std::size_t rows : {1, 2, 7, 8, 9, 33})
    for (std::size_t columns : {1, 3, 8, 17, 45})
      for (std::size_t count : {1, 2, 3, 4, 5, 7})
        compareWithSums(set, rows, columns, count, tolerance, randomNumbers(rows * columns, 1));
}

/** Numbers of single precision, which a matrix large enough keeps as such. */
std::vector<double> singles(std::size_t count) {
  std::vector<double> numbers = randomNumbers(count, 6);
  for (double& number : numbers) number = static_cast<float>(number);
  return numbers;
}

void checkHalves(const Kernels<double>& set) {
  constexpr std::size_t rows = 133, columns = 301;
  static_assert(large(rows * columns) && !large(33 * 45));
  CHECK(!pack(set, singles(rows * columns), rows, columns).halves.empty());
  CHECK(pack(set, randomNumbers(rows * columns, 6), rows, columns).halves.empty());
  for (std::size_t count : {1, 2, 3, 4, 5})
    compareWithSums(set, rows, columns, count, 1e-12, singles(rows * columns));
}

}  // namespace

TEST_CASE("products with 128-bit vectors") {
  checkSet(baseline::kernelSet<double>(), 1e-13);
  checkSet(baseline::kernelSet<float>(), 1e-5);
  checkHalves(baseline::kernelSet<double>());
}

#if defined(__x86_64__)
TEST_CASE("products with AVX2, where this processor has it") {
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return;
  checkSet(avx2::kernelSet<double>(), 1e-13);
  checkSet(avx2::kernelSet<float>(), 1e-5);
  checkHalves(avx2::kernelSet<double>());
}

TEST_CASE("products with AVX-512, where this processor has it") {
  if (!__builtin_cpu_supports("avx512f")) return;
  checkSet(avx512::kernelSet<double>(), 1e-13);
  checkSet(avx512::kernelSet<float>(), 1e-5);
  checkHalves(avx512::kernelSet<double>());
}
#endif
