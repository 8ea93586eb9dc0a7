#include "runtime/library.h"

#include <dlfcn.h>

#include <cstdlib>
#include <mutex>
#include <vector>

#include "latentcv/error.h"
#include "latentcv/model.h"

// Set by CMake to the library inside onnxruntime-node; a build that is to run elsewhere is told by its host.
#ifndef LATENTCV_ONNXRUNTIME_LIBRARY
#define LATENTCV_ONNXRUNTIME_LIBRARY ""
#endif

namespace latentcv {
namespace {

std::mutex packagedMutex;

/** The library that the host's package has; empty where it has none. */
std::string& packaged() {
  static std::string path = LATENTCV_ONNXRUNTIME_LIBRARY;
  return path;
}

std::vector<std::string> candidates() {
  const char* chosen = std::getenv("LATENTCV_ONNXRUNTIME");
  if (chosen && *chosen) return {chosen};
  std::vector<std::string> paths;
  const std::lock_guard<std::mutex> lock(packagedMutex);
  if (!packaged().empty()) paths.push_back(packaged());
  paths.emplace_back("libonnxruntime.so.1");
  return paths;
}

/**
 * ONNX Runtime from 1.24 on keeps what it was used for below the user's cache folder, and may send it. Both
 * the variable, which it reads when it is loaded, and the call: builds before it know the call alone.
 */
constexpr char telemetrySwitch[] = "ORT_DISABLE_TELEMETRY";

/** Off, unless the user has set the switch. */
bool turnTelemetryOff() {
  const bool chosen = std::getenv(telemetrySwitch) != nullptr;
  if (!chosen) setenv(telemetrySwitch, "1", 0);
  return !chosen;
}

/**
 * Loads the first candidate that works. RTLD_LOCAL: the host may have an ONNX Runtime or protobuf of its own.
 */
void* open(std::string& path) {
  std::string failures;
  for (const std::string& candidate : candidates()) {
    path = candidate;
    if (void* handle = dlopen(candidate.c_str(), RTLD_NOW | RTLD_LOCAL)) return handle;
    const char* reason = dlerror();
    failures += (failures.empty() ? "" : "; ") + std::string(reason ? reason : candidate);
  }
  throw Error(ErrorCode::missingTool, "ONNX Runtime is needed but its library does not load (" + failures +
                                          "); set LATENTCV_ONNXRUNTIME to the path of libonnxruntime.so");
}

}  // namespace

void useOnnxRuntime(const std::string& path) {
  const std::lock_guard<std::mutex> lock(packagedMutex);
  packaged() = path;
}

const OnnxRuntimeLibrary& OnnxRuntimeLibrary::instance() {
  // never unloaded, nor its environment released: at exit the library has threads and statics of its own
  static const OnnxRuntimeLibrary* library = new OnnxRuntimeLibrary();
  return *library;
}

OnnxRuntimeLibrary::OnnxRuntimeLibrary() {
  const bool withoutTelemetry = turnTelemetryOff();
  void* handle = open(path_);
  const auto base = reinterpret_cast<const ort::ApiBase* (*)()>(dlsym(handle, "OrtGetApiBase"));
  if (!base) throw Error(ErrorCode::missingTool, path_ + " is not ONNX Runtime: it has no OrtGetApiBase");
  version_ = base()->getVersionString();
  table_ = base()->getApi(ort::apiVersion);
  if (!table_)
    throw Error(ErrorCode::missingTool, "expected ONNX Runtime 1." + std::to_string(ort::apiVersion) +
                                            " or later but " + path_ + " is " + version_);
  call<ort::CreateEnv>(ort::logErrors, "latentcv", &environment_);
  if (withoutTelemetry) call<ort::DisableTelemetryEvents>(static_cast<const ort::Env*>(environment_));
}

void OnnxRuntimeLibrary::check(ort::Status* status) const {
  if (!status) return;
  const std::string message = function<ort::GetErrorMessage>()(status);
  release<ort::ReleaseStatus>(status);
  throw badModel("ONNX Runtime " + version_ + ": " + message);
}

}  // namespace latentcv
