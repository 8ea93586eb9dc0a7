#include "xdr_frames.h"

#include <array>
#include <cstring>

#include "block_reader.h"

namespace latentcv {
namespace {

constexpr std::int64_t cutOff = -1, damaged = -2;

std::int64_t integer(const unsigned char* bytes) { return xdrInteger(bytes); }

/** Walks through headers: those of small frames many at once. */
class Headers {
 public:
  explicit Headers(const std::string& path) : file_(path), blocks_(file_) {}

  std::uint64_t size() const { return file_.size(); }
  void expectFrames(std::int64_t bytes) { small_ = bytes < 4096; }
  const unsigned char* read(std::uint64_t at, std::size_t count) {
    return blocks_.bytes(at, count, small_ ? 1 << 16 : 128);
  }

 private:
  BinaryFile file_;
  BlockReader blocks_;
  bool small_ = false;
};

/** Bytes of the XTC frame at `at`. */
std::int64_t xtcFrame(Headers& file, std::uint64_t at) {
  constexpr std::size_t head = 56, packed = 36;
  const unsigned char* bytes = file.read(at, head);
  if (!bytes) return cutOff;
  const std::int64_t atoms = integer(&bytes[4]);
  if (integer(&bytes[0]) != 1995 || atoms < 0 || integer(&bytes[52]) != atoms) return damaged;
  if (atoms <= 9) return head + 12 * atoms;
  bytes = file.read(at, head + packed);
  if (!bytes) return cutOff;
  const std::int64_t data = integer(&bytes[head + packed - 4]);
  // an atom takes at least a bit and is never packed into more than an uncompressed one
  if (data <= 0 || 8 * data < atoms || data > 16 * atoms + 64) return damaged;
  return static_cast<std::int64_t>(head + packed) + (data + 3) / 4 * 4;
}

/** Bytes of the TRR frame at `at`. */
std::int64_t trrFrame(Headers& file, std::uint64_t at) {
  constexpr std::size_t version = 24, head = version + 52;
  const unsigned char* bytes = file.read(at, head);
  if (!bytes) return cutOff;
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
  return (answer == damaged ? "expected a frame but the file is damaged"
                            : "the file is cut off in the frame") +
         where;
}

}  // namespace

bool isXdrFormat(const std::string& format) { return format == "XTC" || format == "TRR"; }

XdrFrames scanXdrFrames(const std::string& path, const std::string& format) {
  Headers file(path);
  XdrFrames frames;
  while (frames.bytes < file.size()) {
    std::int64_t size = format == "XTC" ? xtcFrame(file, frames.bytes) : trrFrame(file, frames.bytes);
    if (size > 0 && frames.bytes + static_cast<std::uint64_t>(size) > file.size()) size = cutOff;
    if (size < 0) {
      frames.problem = problemOf(size, frames.bytes, file.size());
      break;
    }
    frames.offsets.push_back(frames.bytes);
    frames.bytes += static_cast<std::uint64_t>(size);
    file.expectFrames(size);
  }
  return frames;
}

}  // namespace latentcv
