#include "chemfiles/open.h"

#include "latentcv/error.h"

namespace latentcv {

OpenTrajectory openTrajectory(const std::string& path, const std::string& format, const std::string& name) {
  OpenTrajectory trajectory(
      chfl::function<chfl::trajectory_with_format>()(path.c_str(), 'r', format.c_str()));
  if (!trajectory) throw Error(ErrorCode::badData, name + ": " + chfl::function<chfl::last_error>()());
  chfl::Count frames = 0;
  chfl::call<chfl::trajectory_nsteps>(trajectory.get(), &frames);
  if (frames == 0) throw Error(ErrorCode::badData, name + " has no frames");
  return trajectory;
}

}  // namespace latentcv
