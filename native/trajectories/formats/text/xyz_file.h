#pragma once

#include "formats/format.h"
#include "text/text_file.h"

namespace latentcv {

/** Frames of an XYZ file, plain or extended (with Lattice, Properties and time in the second line). */
class XyzFile : public TextFile {
 public:
  static const FormatInfo format;

  explicit XyzFile(const TrajectorySource& source);

 private:
  FrameIndex findFrames() const override;
  void parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
             std::vector<double>& positions) override;
};

}  // namespace latentcv
