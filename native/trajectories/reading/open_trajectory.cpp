#include "reading/open_trajectory.h"

#include "formats/format.h"
#include "latentcv/error.h"

namespace latentcv {
std::string formatOf(const TrajectorySource& source) {
  if (const FormatInfo* own = ownFormatOf(source)) return std::string(own->name);
  if (!source.format.empty()) return source.format;
  char format[256] = {};
  if (chfl::function<chfl::guess_format>()(source.path.c_str(), format, sizeof format) == 0) return format;
  throw Error(ErrorCode::badData, source.path + ": its name tells no format that latentcv or chemfiles " +
                                      chfl::function<chfl::version>()() +
                                      " reads: name its format (--format), or give another file");
}

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
