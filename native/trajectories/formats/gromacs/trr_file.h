#pragma once

#include "bytes/binary_file.h"
#include "formats/format.h"

namespace latentcv {

/** Frames of a TRR file (GROMACS), in single or double precision; some may have no positions. */
class TrrFile : public FrameFile {
 public:
  static const FormatInfo format;

  explicit TrrFile(const TrajectorySource& source);

  std::uint64_t namelessAtoms(const FramePlace& place) const override;

 private:
  FrameIndex findFrames() const override;
  void take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) override;

  BinaryFile file_;
  std::vector<unsigned char> data_;
};

}  // namespace latentcv
