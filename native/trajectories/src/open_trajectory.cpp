#include "open_trajectory.h"

#include <sys/stat.h>

#include <cstring>

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

bool endsWith(const std::string& text, const char* ending) {
  const std::size_t length = std::strlen(ending);
  return text.size() >= length && text.compare(text.size() - length, length, ending) == 0;
}

/** Formats of endings that chemfiles does not know, AMBER's and LAMMPS's own; empty for any other. */
std::string formatByEnding(std::string path) {
  for (const char* packed : {".gz", ".bz2", ".xz"})
    if (endsWith(path, packed)) path.resize(path.size() - std::strlen(packed));
  if (endsWith(path, ".ncdf")) return "Amber NetCDF";
  if (endsWith(path, ".data") || endsWith(path, ".lmp")) return "LAMMPS Data";
  return endsWith(path, ".dump") ? "LAMMPS" : "";
}

}  // namespace

std::string formatOf(const TrajectorySource& source) {
  checkFile(source.path);
  if (!source.format.empty()) return source.format;
  if (const std::string told = formatByEnding(source.path); !told.empty()) return told;
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
