#pragma once

#include <string>

#include "runtime/abi.h"

namespace latentcv {

/** ONNX Runtime's shared library, loaded once per process and kept, its symbols hidden from the host. */
class OnnxRuntimeLibrary {
 public:
  /**
   * The library at LATENTCV_ONNXRUNTIME, else the one that useOnnxRuntime named, else wherever the
   * system finds libonnxruntime.so.1. Throws Error where none loads or it is older than 1.17.
   */
  static const OnnxRuntimeLibrary& instance();

  /** Calls a function of the API; throws Error with the library's message where it fails. */
  template <typename Entry, typename... Arguments>
  void call(Arguments... arguments) const {
    check(function<Entry>()(arguments...));
  }

  /** Calls one of the Release functions, which cannot fail. */
  template <typename Entry, typename Object>
  void release(Object* object) const {
    if (object) function<Entry>()(object);
  }

  const std::string& version() const { return version_; }
  const std::string& path() const { return path_; }
  ort::Env* environment() const { return environment_; }

 private:
  OnnxRuntimeLibrary();

  template <typename Entry>
  typename Entry::Function function() const {
    return reinterpret_cast<typename Entry::Function>(table_[Entry::position]);
  }

  void check(ort::Status* status) const;

  std::string path_, version_;
  ort::Table table_ = nullptr;
  ort::Env* environment_ = nullptr;
};

}  // namespace latentcv
