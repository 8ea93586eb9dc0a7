#pragma once

#include <memory>
#include <string>

#include "chemfiles/library.h"

namespace latentcv {

using OpenTrajectory = std::unique_ptr<chfl::Trajectory, chfl::Close>;

/** Opens a file that messages call `name`. Throws Error `badData`. */
OpenTrajectory openTrajectory(const std::string& path, const std::string& format, const std::string& name);

}  // namespace latentcv
