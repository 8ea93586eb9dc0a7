#include "xdr_frames.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "latentcv/error.h"

namespace latentcv {
namespace {

class File {
 public:
  explicit File(const std::string& path) : descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat status {};
    if (descriptor_ < 0 || fstat(descriptor_, &status) != 0)
      throw Error(ErrorCode::fileNotFound, "cannot read " + path + ": " + std::strerror(errno));
    size_ = static_cast<std::uint64_t>(status.st_size);
  }
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  std::uint64_t size() const { return size_; }

  /** Whether so many bytes stand there. */
  bool read(std::uint64_t at, unsigned char* bytes, std::size_t count) const {
    return pread(descriptor_, bytes, count, static_cast<off_t>(at)) == static_cast<ssize_t>(count);
  }

 private:
  int descriptor_;
  std::uint64_t size_ = 0;
};

constexpr std::int64_t cutOff = -1, damaged = -2;

std::int64_t integer(const unsigned char* bytes) {
  const std::uint32_t value = static_cast<std::uint32_t>(bytes[0]) << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
  return static_cast<std::int32_t>(value);
}

/** Bytes of the XTC frame at `at`. */
std::int64_t xtcFrame(const File& file, std::uint64_t at) {
  constexpr std::size_t head = 56, packed = 36;
  std::array<unsigned char, head + packed> bytes{};
  if (!file.read(at, bytes.data(), head)) return cutOff;
  const std::int64_t atoms = integer(&bytes[4]);
  if (integer(&bytes[0]) != 1995 || atoms < 0 || integer(&bytes[52]) != atoms) return damaged;
  if (atoms <= 9) return head + 12 * atoms;
  if (!file.read(at, bytes.data(), bytes.size())) return cutOff;
  const std::int64_t data = integer(&bytes[head + packed - 4]);
  // an atom takes at least a bit and is never packed into more than an uncompressed one
  if (data <= 0 || 8 * data < atoms || data > 16 * atoms + 64) return damaged;
  return static_cast<std::int64_t>(head + packed) + (data + 3) / 4 * 4;
}

/** Bytes of the TRR frame at `at`. */
std::int64_t trrFrame(const File& file, std::uint64_t at) {
  constexpr std::size_t version = 24, head = version + 52;
  std::array<unsigned char, head> bytes{};
  if (!file.read(at, bytes.data(), head)) return cutOff;
  if (integer(&bytes[0]) != 1993 || std::memcmp(&bytes[12], "GMX_trn_file", 12) != 0) return damaged;
  std::array<std::int64_t, 13> numbers{};  // ten sizes, atoms, step, nre
  std::int64_t data = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    numbers[i] = integer(&bytes[version + 4 * i]);
    if (numbers[i] < 0) return damaged;
    if (i < 10) data += numbers[i];
  }
  const std::int64_t box = numbers[2], atoms = numbers[10];
  if (atoms == 0) return damaged;
  std::int64_t real = box / 9;
  for (std::size_t i = 7; i < 10; ++i) {
    if (numbers[i] == 0) continue;
    if (real == 0) real = numbers[i] / (3 * atoms);
    if (numbers[i] != 3 * atoms * real) return damaged;
  }
  if (real != 4 && real != 8) return damaged;
  return static_cast<std::int64_t>(head) + 2 * real + data;
}

std::string problemOf(std::int64_t answer, std::uint64_t at, std::uint64_t size) {
  const std::string where = " at byte " + std::to_string(at) + " of " + std::to_string(size);
  return (answer == damaged ? "expected a frame but the file is damaged" : "the file is cut off in the frame") + where;
}

}  // namespace

bool isXdrFormat(const std::string& format) { return format == "XTC" || format == "TRR"; }

XdrFrames scanXdrFrames(const std::string& path, const std::string& format) {
  const File file(path);
  XdrFrames frames;
  while (frames.bytes < file.size()) {
    std::int64_t size = format == "XTC" ? xtcFrame(file, frames.bytes) : trrFrame(file, frames.bytes);
    if (size > 0 && frames.bytes + static_cast<std::uint64_t>(size) > file.size()) size = cutOff;
    if (size < 0) {
      frames.problem = problemOf(size, frames.bytes, file.size());
      break;
    }
    frames.bytes += static_cast<std::uint64_t>(size);
    ++frames.good;
  }
  return frames;
}

}  // namespace latentcv
