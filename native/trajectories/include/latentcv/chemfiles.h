#pragma once

#include <string>
#include <vector>

namespace latentcv {

/**
 * Loads libchemfiles, once per process, from the first of these names or paths that works, its symbols hidden
 * from the host. Throws Error `missingTool` where none does or it is not version 0.10.
 */
void loadChemfiles(const std::vector<std::string>& candidates);

/** Its version and the name or path it was loaded from. Throws Error `missingTool` before loadChemfiles. */
std::string chemfilesVersion();
std::string chemfilesPath();

/** Its name of the format that a file's name promises; empty where that is none. */
std::string chemfilesFormatOf(const std::string& name);

/** What the library warned of since the last call, each once. */
std::vector<std::string> takeChemfilesWarnings();

}  // namespace latentcv
