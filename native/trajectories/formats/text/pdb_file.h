#pragma once

#include "formats/format.h"
#include "text/text_file.h"

namespace latentcv {

/** Models of a PDB file. Its first cell holds for those that have none of their own. */
class PdbFile : public TextFile {
 public:
  static const FormatInfo format;

  explicit PdbFile(const TrajectorySource& source);

 private:
  FrameIndex findFrames() const override;
  void parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
             std::vector<double>& positions) override;
};

}  // namespace latentcv
