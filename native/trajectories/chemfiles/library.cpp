#include "chemfiles/library.h"

#include <dlfcn.h>

#include <mutex>
#include <set>

#include "latentcv/chemfiles.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

/** The library, once it is loaded: never unloaded. */
struct Loaded {
  std::mutex mutex;
  void* handle = nullptr;
  std::string path, version;
  std::set<std::string> warnings;
};

Loaded& loaded() {
  static auto* instance = new Loaded();
  return *instance;
}

/** More different warnings than anybody reads are not kept. */
constexpr std::size_t mostWarnings = 64;

void keepWarning(const char* message) {
  Loaded& library = loaded();
  const std::lock_guard<std::mutex> lock(library.mutex);
  if (library.warnings.size() < mostWarnings) library.warnings.insert(message);
}

void* open(const std::vector<std::string>& candidates, std::string& path) {
  std::string failures;
  for (const std::string& candidate : candidates) {
    path = candidate;
    if (void* handle = dlopen(candidate.c_str(), RTLD_NOW | RTLD_LOCAL)) return handle;
    const char* reason = dlerror();
    failures += (failures.empty() ? "" : "; ") + std::string(reason ? reason : candidate);
  }
  throw Error(ErrorCode::missingTool,
              "chemfiles is needed to read trajectories but its library does not load (" + failures + ")");
}

template <typename Entry>
typename Entry::Function find(void* handle) {
  return reinterpret_cast<typename Entry::Function>(dlsym(handle, Entry::symbol));
}

}  // namespace

void loadChemfiles(const std::vector<std::string>& candidates) {
  Loaded& library = loaded();
  {
    const std::lock_guard<std::mutex> lock(library.mutex);
    if (library.handle) return;
    std::string path;
    void* handle = open(candidates, path);
    const auto version = find<chfl::version>(handle);
    const std::string found = version ? version() : "none";
    if (found.rfind("0.10", 0) != 0)
      throw Error(ErrorCode::missingTool, "expected chemfiles 0.10 but " + path + " is " + found);
    library.handle = handle;
    library.path = path;
    library.version = found;
  }
  chfl::call<chfl::set_warning_callback>(&keepWarning);
}

std::string chemfilesVersion() {
  chfl::function<chfl::version>();
  return loaded().version;
}

std::string chemfilesPath() {
  chfl::function<chfl::version>();
  return loaded().path;
}

std::string chemfilesFormatOf(const std::string& name) {
  char format[256] = {};
  return chfl::function<chfl::guess_format>()(name.c_str(), format, sizeof format) == 0 ? format : "";
}

std::vector<std::string> takeChemfilesWarnings() {
  Loaded& library = loaded();
  const std::lock_guard<std::mutex> lock(library.mutex);
  std::vector<std::string> warnings(library.warnings.begin(), library.warnings.end());
  library.warnings.clear();
  return warnings;
}

void* chfl::address(const char* symbol) {
  void* handle = loaded().handle;
  if (!handle) throw Error(ErrorCode::missingTool, "expected chemfiles to be loaded");
  if (void* found = dlsym(handle, symbol)) return found;
  throw Error(ErrorCode::missingTool, loaded().path + " has no " + symbol);
}

void chfl::fail() { throw Error(ErrorCode::badData, function<last_error>()()); }

}  // namespace latentcv
