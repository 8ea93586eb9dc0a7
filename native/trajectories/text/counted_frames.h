#pragma once

#include "bytes/binary_file.h"
#include "frames/frame_index.h"

namespace latentcv {

/**
 * Finds the frames of a text file that are `before` lines, a line with the number of atoms, a
 * line for each and `after` lines more. Behind a damaged one it goes on at the next number of
 * atoms that is the first frame's.
 */
FrameIndex findCountedFrames(const BinaryFile& file, std::size_t before, std::size_t after);

}  // namespace latentcv
