#include "chemfiles/file.h"

#include "chemfiles/frame_contents.h"

namespace latentcv {

ChemfilesFile::ChemfilesFile(const TrajectorySource& source)
    : perNanometre_(source.perNanometre),
      trajectory_(openTrajectory(source.path, source.format, source.path)),
      frame_(chfl::make<chfl::frame>()) {}

FrameIndex ChemfilesFile::findFrames() const {
  chfl::Count frames = 0;
  chfl::call<chfl::trajectory_nsteps>(trajectory_.get(), &frames);
  FrameIndex index;
  for (chfl::Count i = 0; i < frames; ++i) index.add({i, 0});
  return index;
}

void ChemfilesFile::take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) {
  chfl::Frame* frame = frame_.get();
  chfl::call<chfl::trajectory_read_step>(trajectory_.get(), chfl::Count{place.at}, frame);
  std::size_t count = 0;
  const chfl::Vector3d* positions = positionsOf(frame, count);
  choice.check(count);
  snapshot.hasPositions = hasPositions(frame);
  snapshot.positions.resize(3 * choice.atoms.size());
  double* to = snapshot.positions.data();
  for (const std::size_t atom : choice.atoms)
    for (std::size_t axis = 0; axis < 3; ++axis) *to++ = positions[atom][axis] / perNanometre_;
  snapshot.hasBox = boxOf(frame, perNanometre_, snapshot.box);
  snapshot.time = timeOf(frame);
  chfl::Count step = 0;
  chfl::call<chfl::frame_step>(static_cast<const chfl::Frame*>(frame), &step);
  snapshot.step = step;
}

}  // namespace latentcv
