#pragma once

#include <stdexcept>
#include <string>

namespace latentcv {

/** What went wrong, as a word that scripts can compare; the addon hands it on as `code`. */
enum class ErrorCode { badModel, badArgument, fileNotFound, missingTool, badData };

/**
 * Every error the core throws on purpose. The message is lower case and says what was expected, what
 * came and where.
 */
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ErrorCode code() const { return code_; }

 private:
  ErrorCode code_;
};

/** The usual case: the model file is not what it should be. */
inline Error badModel(const std::string& message) { return Error(ErrorCode::badModel, message); }

// whatever flags the including file is compiled with, a code without its name is an error
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wswitch"

/** The code as TypeScript's `ErrorCode` (src/support/errors.ts) spells it. */
inline const char* name(ErrorCode code) {
  switch (code) {
    case ErrorCode::badModel:
      return "bad-model";
    case ErrorCode::badArgument:
      return "bad-argument";
    case ErrorCode::fileNotFound:
      return "file-not-found";
    case ErrorCode::missingTool:
      return "missing-tool";
    case ErrorCode::badData:
      return "bad-data";
  }
  __builtin_unreachable();
}

#pragma GCC diagnostic pop

}  // namespace latentcv
