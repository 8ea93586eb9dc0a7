#pragma once

#include "formats/format.h"
#include "text/text_file.h"

namespace latentcv {

/**
 * Frames of a LAMMPS dump (text): x, y, z in any of LAMMPS' forms, ordered by id where it has them. Behind a
 * damaged frame it goes on at the next.
 */
class LammpsDumpFile : public TextFile {
 public:
  static const FormatInfo format;

  explicit LammpsDumpFile(const TrajectorySource& source);

 private:
  FrameIndex findFrames() const override;
  void parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
             std::vector<double>& positions) override;

  double picoseconds_;
};

}  // namespace latentcv
