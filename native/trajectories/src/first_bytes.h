#pragma once

#include <string>

namespace latentcv {

/** The format (chemfiles' name) that only a file with these first bytes has; empty where they do not tell. */
std::string formatByFirstBytes(const std::string& path);

/** Whether every file of the format is known by them. */
bool hasFirstBytes(const std::string& format);

}  // namespace latentcv
