#pragma once

#include <memory>

#include "frames/frame_index.h"
#include "latentcv/trajectory.h"

namespace latentcv {

/** Which atoms (from 0) of a system of `total` are wanted. */
struct AtomChoice {
  const std::vector<std::size_t>& atoms;
  std::size_t total;

  /** Throws Error `badData` where a frame has another number of atoms. */
  void check(std::uint64_t count) const;
};

/** The frames of a file of one format. Objects of several threads share where the frames are. */
class FrameFile {
 public:
  virtual ~FrameFile() = default;

  /** Looks for the frames, unless it is known where they are. */
  void index(std::shared_ptr<const FrameIndex> known);
  const std::shared_ptr<const FrameIndex>& index() const { return index_; }

  /** Atoms of a frame, in a format that has no names of them; else 0. Throws Error `badData`. */
  virtual std::uint64_t namelessAtoms(const FramePlace&) const { return 0; }

  /** Fills the snapshot, its step with the frame's place. Throws Error `badData`, without file and frame. */
  void read(std::size_t index, const AtomChoice& choice, Snapshot& snapshot);

 protected:
  virtual FrameIndex findFrames() const = 0;

  /** Reads what is there of positions, box, time and step. */
  virtual void take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) = 0;

 private:
  std::shared_ptr<const FrameIndex> index_;
};

}  // namespace latentcv
