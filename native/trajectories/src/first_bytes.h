#pragma once

#include <string>

namespace latentcv {

/** The format (chemfiles' name) that only a file with these first bytes has; empty where they do not tell. */
std::string formatByFirstBytes(const std::string& path);

}  // namespace latentcv
