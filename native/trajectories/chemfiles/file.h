#pragma once

#include "chemfiles/open.h"
#include "frames/frame_file.h"

namespace latentcv {

/** Frames of any other format, through chemfiles. */
class ChemfilesFile : public FrameFile {
 public:
  explicit ChemfilesFile(const TrajectorySource& source);

 private:
  FrameIndex findFrames() const override;
  void take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) override;

  double perNanometre_;
  OpenTrajectory trajectory_;
  chfl::Owned<chfl::Frame> frame_;
};

}  // namespace latentcv
