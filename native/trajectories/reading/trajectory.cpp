#include "latentcv/trajectory.h"

#include "frames/frame_file.h"
#include "latentcv/error.h"
#include "reading/open_frames.h"

namespace latentcv {

Trajectory::Trajectory(const TrajectorySource& source) : Trajectory(source, nullptr) {}

std::unique_ptr<Trajectory> Trajectory::again() const {
  return std::unique_ptr<Trajectory>(new Trajectory(source_, file_->index()));
}

Trajectory::Trajectory(const TrajectorySource& source, const std::shared_ptr<const FrameIndex>& known)
    : source_(source) {
  source_.format = formatOf(source);
  try {
    file_ = openFrames(source_, known);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::fileNotFound) throw;
    throw Error(error.code(), source_.path + ": " + error.what());
  }
  const FrameIndex& index = *file_->index();
  if (index.size() == 0) throw Error(ErrorCode::badData, source_.path + " has no frames");
  if (const std::string problem = index.problem(); !problem.empty() && (!source_.salvage || !index.anyGood()))
    throw Error(ErrorCode::badData, source_.path + ", " + problem);
}

Trajectory::~Trajectory() = default;

std::size_t Trajectory::frames() const { return file_->index()->size(); }

std::vector<std::string> Trajectory::notes() const {
  std::vector<std::string> all;
  for (const std::string& note : file_->index()->notes()) all.push_back(source_.path + ": " + note);
  return all;
}

void Trajectory::read(std::size_t index, const std::vector<std::size_t>& atoms, std::size_t total,
                      Snapshot& snapshot) {
  try {
    file_->read(index, {atoms, total}, snapshot);
  } catch (const Error& error) {
    throw Error(error.code(), source_.path + ", frame " + std::to_string(index) + ": " + error.what());
  }
}

}  // namespace latentcv
