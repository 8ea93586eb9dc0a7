#pragma once

#include "formats/binary/dcd_header.h"
#include "formats/format.h"

namespace latentcv {

/**
 * Frames of a DCD file (CHARMM, NAMD, X-PLOR, OpenMM, LAMMPS), in either byte order, with or without cells
 * and fixed atoms. Frames are of one size, so that a damaged one does not hide those behind it.
 */
class DcdFile : public FrameFile {
 public:
  static const FormatInfo format;

  explicit DcdFile(const TrajectorySource& source);

  std::uint64_t namelessAtoms(const FramePlace&) const override { return header_.atoms; }

 private:
  FrameIndex findFrames() const override;
  void take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) override;
  void readFixedAtoms();
  void readClock(double timestep);
  bool readCell(DcdRecords& records, Snapshot& snapshot) const;
  bool isFirst(const FramePlace& place) const { return place.at == header_.bytes; }

  BinaryFile file_;
  double perNanometre_;
  DcdHeader header_;
  /** ps of a step; 0 where it is not known. */
  double picoseconds_ = 0;
  /** What to know of the times. */
  std::string clockNote_;
  /** [3, atoms] of the first frame, and each atom's place in the other ones, where some are fixed. */
  std::vector<float> fixed_;
  std::vector<std::size_t> placeInFrame_;
};

}  // namespace latentcv
