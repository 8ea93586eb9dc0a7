#pragma once

#include <functional>

#include "binary_file.h"
#include "frame_index.h"

namespace latentcv {

/** What a header says of the frame that it begins. */
struct XdrHeader {
  enum class State { good, cutOff, damaged } state = State::good;
  std::uint64_t bytes = 0;  // of the whole frame
  std::int32_t atoms = 0;
};

/** Looks at a header; `bytes` are as many as the format's header has, or 0 at the file's end. */
using LookAtHeader = std::function<XdrHeader(std::uint64_t at)>;

/**
 * Walks the frames of GROMACS' formats by their headers: each must be sound and its frame within the file.
 * Behind a damaged one it goes on at the next header of a frame with as many atoms as the first.
 */
FrameIndex findXdrFrames(const BinaryFile& file, std::int32_t magic, const LookAtHeader& headerAt);

}  // namespace latentcv
