#include "kernels.h"

#include "kernel_sets.h"

namespace latentcv {
namespace {

template <typename T>
const Kernels<T>& choose() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return avx512::kernelSet<T>();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return avx2::kernelSet<T>();
#endif
  return baseline::kernelSet<T>();
}

}  // namespace

template <typename T>
const Kernels<T>& kernels() {
  static const Kernels<T>& chosen = choose<T>();
  return chosen;
}

template <typename T>
BlockedMatrix<T> pack(const std::vector<double>& matrix, std::size_t rows, std::size_t columns) {
  const std::size_t lanes = kernels<T>().lanes, blockRows = kernels<T>().blockRows;
  BlockedMatrix<T> packed;
  packed.rowBlocks = (rows + blockRows - 1) / blockRows;
  packed.chunks = (columns + lanes - 1) / lanes;
  packed.elements.assign(packed.rowBlocks * packed.chunks * blockRows * lanes, T(0));
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c) {
      const std::size_t chunk = r / blockRows * packed.chunks + c / lanes;
      packed.elements[(chunk * blockRows + r % blockRows) * lanes + c % lanes] =
          static_cast<T>(matrix[r * columns + c]);
    }
  return packed;
}

template const Kernels<float>& kernels<float>();
template const Kernels<double>& kernels<double>();
template BlockedMatrix<float> pack<float>(const std::vector<double>&, std::size_t, std::size_t);
template BlockedMatrix<double> pack<double>(const std::vector<double>&, std::size_t, std::size_t);

}  // namespace latentcv
