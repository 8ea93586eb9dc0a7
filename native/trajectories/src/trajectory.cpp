#include "latentcv/trajectory.h"

#include "chemfiles_library.h"
#include "frame_contents.h"
#include "good_prefix.h"
#include "latentcv/error.h"
#include "open_trajectory.h"
#include "xdr_frames.h"
#include "xtc_file.h"

namespace latentcv {
namespace {

/** CHARMM, NAMD and OpenMM write times of DCD files in units of √(amu Å² mol/kcal). */
constexpr double akmaTime = 0.0488882129;

std::shared_ptr<const XdrFrames> scanOf(const TrajectorySource& source) {
  return std::make_shared<XdrFrames>(isXdrFormat(source.format) ? scanXdrFrames(source.path, source.format)
                                                                : XdrFrames());
}

}  // namespace

struct Trajectory::Files {
  std::shared_ptr<const XdrFrames> scan;
  OpenTrajectory trajectory;
  std::unique_ptr<XtcFile> xtc;
  chfl::Owned<chfl::Frame> frame;
};

Trajectory::Trajectory(const TrajectorySource& source) : Trajectory(source, nullptr) {}

std::unique_ptr<Trajectory> Trajectory::again() const {
  return std::unique_ptr<Trajectory>(new Trajectory(source_, files_->scan));
}

Trajectory::Trajectory(const TrajectorySource& source, std::shared_ptr<const XdrFrames> known)
    : source_(source), files_(std::make_unique<Files>()) {
  source_.format = formatOf(source);
  if (source_.format == "DCD") picoseconds_ = akmaTime;
  files_->frame = chfl::make<chfl::frame>();
  files_->scan = known ? std::move(known) : scanOf(source_);
  const XdrFrames& scan = *files_->scan;
  if (!scan.problem.empty())
    problem_ = source.path + ", frame " + std::to_string(scan.offsets.size()) + ": " + scan.problem;
  if (!problem_.empty() && (!source.salvage || scan.offsets.empty()))
    throw Error(ErrorCode::badData, problem_);
  if (source_.format == "XTC") {
    frames_ = scan.offsets.size();
    files_->xtc = std::make_unique<XtcFile>(source.path, files_->scan);
  } else if (problem_.empty()) {
    open(source.path);
  } else {
    open(GoodPrefix(source.path, scan.bytes, ".trr").path());
  }
}

void Trajectory::open(const std::string& path) {
  files_->trajectory = openTrajectory(path, source_.format, source_.path);
  chfl::Count frames = 0;
  chfl::call<chfl::trajectory_nsteps>(files_->trajectory.get(), &frames);
  frames_ = static_cast<std::size_t>(frames);
}

Trajectory::~Trajectory() = default;

void Trajectory::read(std::size_t index, const std::vector<std::size_t>& atoms, std::size_t total,
                      Snapshot& snapshot) {
  try {
    if (files_->xtc) return files_->xtc->read(index, atoms, total, snapshot);
    take(index, atoms, total, snapshot);
  } catch (const Error& error) {
    throw Error(error.code(), source_.path + ", frame " + std::to_string(index) + ": " + error.what());
  }
}

void Trajectory::take(std::size_t index, const std::vector<std::size_t>& atoms, std::size_t total,
                      Snapshot& snapshot) {
  chfl::Frame* frame = files_->frame.get();
  chfl::call<chfl::trajectory_read_step>(files_->trajectory.get(), chfl::Count{index}, frame);
  std::size_t count = 0;
  const chfl::Vector3d* positions = positionsOf(frame, count);
  if (count != total)
    throw Error(ErrorCode::badData,
                "expected " + std::to_string(total) + " atoms but received " + std::to_string(count));
  snapshot.hasPositions = hasPositions(frame);
  snapshot.positions.resize(3 * atoms.size());
  double* to = snapshot.positions.data();
  for (const std::size_t atom : atoms)
    for (std::size_t axis = 0; axis < 3; ++axis) *to++ = positions[atom][axis] / source_.perNanometre;
  snapshot.hasBox = boxOf(frame, source_.perNanometre, snapshot.box);
  snapshot.time = picoseconds_ * timeOf(frame);
  chfl::Count step = 0;
  chfl::call<chfl::frame_step>(static_cast<const chfl::Frame*>(frame), &step);
  snapshot.step = step;
}

}  // namespace latentcv
