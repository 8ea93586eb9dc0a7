#pragma once

#include "formats/format.h"
#include "text/text_file.h"

namespace latentcv {

/** Frames of a GRO file (GROMACS), of any number of decimals. */
class GroFile : public TextFile {
 public:
  static const FormatInfo format;

  explicit GroFile(const TrajectorySource& source);

 private:
  FrameIndex findFrames() const override;
  void parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
             std::vector<double>& positions) override;
};

}  // namespace latentcv
