#pragma once

#include <vector>

#include "binary_file.h"
#include "latentcv/trajectory.h"

namespace latentcv {

/**
 * Frames of an XTC file. chemfiles reads the format too, but writes out of its memory where packed
 * coordinates are damaged, and unpacks all atoms where the first ones are wanted.
 */
class XtcFile {
 public:
  /** `offsets` as scanXdrFrames finds them: header and size of each frame are then known to be sound. */
  XtcFile(const std::string& path, std::vector<std::uint64_t> offsets)
      : file_(path), offsets_(std::move(offsets)) {}

  std::size_t frames() const { return offsets_.size(); }

  /** See Trajectory::read. Throws Error `badData`, without file and frame. */
  void read(std::size_t index, const std::vector<std::size_t>& atoms, std::size_t total, Snapshot& snapshot);

 private:
  void unpack(std::uint64_t at, std::size_t total, std::size_t wanted);

  BinaryFile file_;
  std::vector<std::uint64_t> offsets_;
  std::vector<unsigned char> data_;
  std::vector<float> positions_;
};

}  // namespace latentcv
