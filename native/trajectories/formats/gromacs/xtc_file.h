#pragma once

#include <vector>

#include "bytes/binary_file.h"
#include "bytes/block_reader.h"
#include "formats/format.h"

namespace latentcv {

/**
 * Frames of an XTC file (GROMACS). chemfiles reads the format too, but writes out of its memory where packed
 * coordinates are damaged, and unpacks all atoms where the first ones are wanted.
 */
class XtcFile : public FrameFile {
 public:
  static const FormatInfo format;

  explicit XtcFile(const TrajectorySource& source);

  std::uint64_t namelessAtoms(const FramePlace& place) const override;

 private:
  FrameIndex findFrames() const override;
  void take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) override;
  void unpack(const unsigned char* data, std::size_t bytes, bool large, std::size_t total,
              std::size_t wanted);

  BinaryFile file_;
  BlockReader blocks_;
  std::vector<float> positions_;
};

}  // namespace latentcv
