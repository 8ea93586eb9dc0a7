#pragma once

#include <memory>
#include <vector>

#include "binary_file.h"
#include "block_reader.h"
#include "latentcv/trajectory.h"
#include "xdr_frames.h"

namespace latentcv {

/**
 * Frames of an XTC file. chemfiles reads the format too, but writes out of its memory where packed
 * coordinates are damaged, and unpacks all atoms where the first ones are wanted.
 */
class XtcFile {
 public:
  /** `scan` as scanXdrFrames makes it of the file: header and size of each frame are then known to be sound.
   */
  XtcFile(const std::string& path, std::shared_ptr<const XdrFrames> scan)
      : file_(path), blocks_(file_), scan_(std::move(scan)) {}

  /** See Trajectory::read. Throws Error `badData`, without file and frame. */
  void read(std::size_t index, const std::vector<std::size_t>& atoms, std::size_t total, Snapshot& snapshot);

 private:
  void unpack(const unsigned char* data, std::size_t bytes, std::size_t total, std::size_t wanted);

  BinaryFile file_;
  BlockReader blocks_;
  std::shared_ptr<const XdrFrames> scan_;
  std::vector<float> positions_;
};

}  // namespace latentcv
