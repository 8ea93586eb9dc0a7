#pragma once

#include "bytes/block_reader.h"
#include "frames/frame_index.h"

namespace latentcv {

/** What a header says of the frame that it begins. */
struct XdrHeader {
  enum class State { good, cutOff, damaged } state = State::good;
  std::uint64_t bytes = 0;  // of the whole frame
  std::int32_t atoms = 0;
};

/** Reads headers one after the other: those of small frames many at once. */
class XdrHeaders {
 public:
  explicit XdrHeaders(const BinaryFile& file) : blocks_(file) {}

  void expectFrames(std::uint64_t bytes) { small_ = bytes < 4096; }
  /** See BlockReader. */
  const unsigned char* bytes(std::uint64_t at, std::size_t count) {
    return blocks_.bytes(at, count, small_ ? 1 << 16 : 128);
  }

 private:
  BlockReader blocks_;
  bool small_ = false;
};

/** Looks at the header there. */
using LookAtHeader = XdrHeader (*)(XdrHeaders& headers, std::uint64_t at);

/**
 * Walks the frames of GROMACS' formats by their headers: each must be sound and its frame within the file.
 * Behind a damaged one it goes on at the next header of a frame with as many atoms as the first.
 */
FrameIndex findXdrFrames(const BinaryFile& file, std::int32_t magic, LookAtHeader headerAt);

}  // namespace latentcv
