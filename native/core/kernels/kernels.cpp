#include "kernels/kernels.h"

#include <algorithm>
#include <type_traits>

namespace latentcv {
bool inSinglePrecision(const std::vector<double>& numbers) {
  return std::all_of(numbers.begin(), numbers.end(),
                     [](double number) { return static_cast<double>(static_cast<float>(number)) == number; });
}

template <typename T>
BlockedMatrix<T> pack(const Kernels<T>& set, const std::vector<double>& matrix, std::size_t rows,
                      std::size_t columns) {
  const std::size_t lanes = set.lanes, blockRows = set.blockRows;
  BlockedMatrix<T> packed;
  packed.rowBlocks = (rows + blockRows - 1) / blockRows;
  packed.chunks = (columns + lanes - 1) / lanes;
  const auto fill = [&](auto& elements) {
    using Element = typename std::decay_t<decltype(elements)>::value_type;
    elements.assign(packed.rowBlocks * packed.chunks * blockRows * lanes, Element(0));
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t c = 0; c < columns; ++c) {
        const std::size_t chunk = r / blockRows * packed.chunks + c / lanes;
        elements[(chunk * blockRows + r % blockRows) * lanes + c % lanes] =
            static_cast<Element>(matrix[r * columns + c]);
      }
  };
  if (sizeof(T) > sizeof(float) && large(matrix.size()) && inSinglePrecision(matrix))
    fill(packed.halves);
  else
    fill(packed.elements);
  return packed;
}

template BlockedMatrix<float> pack(const Kernels<float>&, const std::vector<double>&, std::size_t,
                                   std::size_t);
template BlockedMatrix<double> pack(const Kernels<double>&, const std::vector<double>&, std::size_t,
                                    std::size_t);

}  // namespace latentcv
