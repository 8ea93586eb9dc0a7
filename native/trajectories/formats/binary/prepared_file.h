#pragma once

#include "bytes/block_reader.h"
#include "formats/format.h"
#include "latentcv/structure.h"

namespace latentcv {

/**
 * Frames that src/native/prepared-frames.ts wrote, of a file that others read: chemfiles in a process of its
 * own, h5wasm. All numbers are in the order of the machine, lengths in nm, times in ps. The header is `header
 * bytes` long, then frames follow, then one number of which all bits are set and how many frames there are.
 */
class PreparedFile : public FrameFile {
 public:
  static const FormatInfo format;

  explicit PreparedFile(const TrajectorySource& source);

 private:
  FrameIndex findFrames() const override;
  void take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) override;
  void describeFirst(std::uint64_t place, FrameIndex& index) const;

  BinaryFile file_;
  BlockReader reader_;
  std::uint64_t firstFrame_;
};

/** The names in its header. Throws Error `badData`. */
Structure preparedNames(const BinaryFile& file);

}  // namespace latentcv
