#pragma once

#include "formats/format.h"

namespace latentcv {

/** A PSF file: names, residues, masses and bonds of atoms, whose positions another file has. */
class PsfFile : public FrameFile {
 public:
  static const FormatInfo format;

  explicit PsfFile(const TrajectorySource& source) : path_(source.path) {}

 protected:
  FrameIndex findFrames() const override;
  void take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) override;

 private:
  std::string path_;
};

}  // namespace latentcv
