#pragma once

#include <cstdint>
#include <cstring>
#include <type_traits>

namespace latentcv {

enum class ByteOrder { lowestFirst, highestFirst };

/** A number of 4 or 8 bytes as a file has it. */
template <typename Number>
Number numberAt(const unsigned char* bytes, ByteOrder order) {
  static_assert(sizeof(Number) == 4 || sizeof(Number) == 8, "numbers of 4 or 8 bytes");
  using Word = std::conditional_t<sizeof(Number) == 4, std::uint32_t, std::uint64_t>;
  Word word = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    word = word << 8 | bytes[order == ByteOrder::highestFirst ? i : sizeof(Number) - 1 - i];
  Number number{};
  std::memcpy(&number, &word, sizeof number);
  return number;
}

/** The same as XDR and NetCDF write it: highest byte first. */
template <typename Number>
Number xdr(const unsigned char* bytes) {
  return numberAt<Number>(bytes, ByteOrder::highestFirst);
}

}  // namespace latentcv
