#include "open_trajectory.h"

#include <sys/stat.h>

#include "first_bytes.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

void checkFile(const std::string& path) {
  struct stat status{};
  if (stat(path.c_str(), &status) != 0) throw Error(ErrorCode::fileNotFound, "cannot find " + path);
  if (!S_ISREG(status.st_mode))
    throw Error(ErrorCode::badData,
                "expected a file but " + path + (S_ISDIR(status.st_mode) ? " is a folder" : " is none"));
  if (status.st_size == 0) throw Error(ErrorCode::badData, path + " is empty");
}

bool hasEnding(const std::string& path, const std::string& ending) {
  return path.size() > ending.size() && path.compare(path.size() - ending.size(), ending.size(), ending) == 0;
}

}  // namespace

std::string formatOf(const TrajectorySource& source) {
  checkFile(source.path);
  if (!source.format.empty()) return source.format;
  if (hasEnding(source.path, ".data") || hasEnding(source.path, ".lmp")) return "LAMMPS Data";
  char format[256] = {};
  if (chfl::function<chfl::guess_format>()(source.path.c_str(), format, sizeof format) == 0) return format;
  const std::string begun = formatByFirstBytes(source.path);
  throw Error(ErrorCode::badData, source.path + ": " + chfl::function<chfl::last_error>()() +
                                      (begun.empty() ? "" : ", but it begins as one of " + begun) +
                                      ": name its format (--format" +
                                      (begun.empty() ? ")" : " '" + begun + "')"));
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
