#pragma once

#include <cstdint>
#include <vector>

#include "bytes/binary_file.h"

namespace latentcv {

/** Reads onwards through a file by blocks, so that small frames cost few calls of the system. */
class BlockReader {
 public:
  /** Bytes behind those that were asked for that can be looked at, whatever they are. */
  static constexpr std::size_t margin = 16;

  explicit BlockReader(const BinaryFile& file) : file_(file) {}

  /**
   * `count` bytes from there on, or null where the file has fewer; they hold until the next call. Where they
   * are not among those read before, `ahead` bytes are read at once, if the file has so many.
   */
  const unsigned char* bytes(std::uint64_t at, std::size_t count, std::size_t ahead);

 private:
  const BinaryFile& file_;
  std::vector<unsigned char> block_;
  std::uint64_t start_ = 0;
  std::size_t length_ = 0;
};

}  // namespace latentcv
