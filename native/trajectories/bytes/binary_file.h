#pragma once

#include <cstdint>
#include <string>

namespace latentcv {

/** A file that is read at any place. */
class BinaryFile {
 public:
  /** Throws Error `fileNotFound`. */
  explicit BinaryFile(const std::string& path);
  ~BinaryFile();
  BinaryFile(const BinaryFile&) = delete;
  BinaryFile& operator=(const BinaryFile&) = delete;

  std::uint64_t size() const { return size_; }

  /** Reads `count` bytes from there on; false where there are fewer. */
  bool read(std::uint64_t at, unsigned char* bytes, std::size_t count) const;

 private:
  int descriptor_;
  std::uint64_t size_ = 0;
};

}  // namespace latentcv
