#pragma once

#include "formats/format.h"
#include "formats/lammps/columns.h"
#include "text/text_file.h"

namespace latentcv {

/**
 * Frames of a LAMMPS dump (text): x, y, z in any of LAMMPS' forms, ordered by id where it has them, of all
 * atoms or of a group. Behind a damaged frame it goes on at the next.
 */
class LammpsDumpFile : public TextFile {
 public:
  static const FormatInfo format;

  explicit LammpsDumpFile(const TrajectorySource& source);

 private:
  FrameIndex findFrames() const override;
  void parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
             std::vector<double>& positions) override;
  /** Notes what the first frame says of the atoms' ids and of the boundaries. */
  void describeFirst(const FramePlace& place, FrameIndex& index) const;
  void readAtoms(LammpsColumns columns, Lines& lines, std::uint64_t count, const AtomChoice& choice,
                 const LammpsBox& box, std::vector<double>& positions) const;

  double picoseconds_;
};

}  // namespace latentcv
