#pragma once

#include "formats/format.h"
#include "text/text_file.h"

namespace latentcv {

/** The one frame of a LAMMPS data file. */
class LammpsDataFile : public TextFile {
 public:
  static const FormatInfo format;

  explicit LammpsDataFile(const TrajectorySource& source);

 private:
  FrameIndex findFrames() const override;
  void parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
             std::vector<double>& positions) override;
};

}  // namespace latentcv
