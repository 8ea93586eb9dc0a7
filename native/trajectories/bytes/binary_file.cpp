#include "bytes/binary_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "latentcv/error.h"

namespace latentcv {

BinaryFile::BinaryFile(const std::string& path) : descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  struct stat status{};
  if (descriptor_ < 0 || fstat(descriptor_, &status) != 0)
    throw Error(ErrorCode::fileNotFound, "cannot read " + path + ": " + std::strerror(errno));
  size_ = static_cast<std::uint64_t>(status.st_size);
}

BinaryFile::~BinaryFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

bool BinaryFile::read(std::uint64_t at, unsigned char* bytes, std::size_t count) const {
  while (count > 0) {
    const ssize_t got = pread(descriptor_, bytes, count, static_cast<off_t>(at));
    if (got <= 0) return false;
    at += static_cast<std::uint64_t>(got);
    bytes += got;
    count -= static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace latentcv
