#pragma once

#include "latentcv/error.h"
#include "onnx/graph.h"

namespace latentcv {

/** The graph is sound but not one the native evaluator knows; ONNX Runtime may still evaluate it. */
class Unsupported : public Error {
 public:
  explicit Unsupported(const std::string& message) : Error(ErrorCode::badModel, message) {}
};

[[noreturn]] inline void unsupported(const Node& node, const std::string& what) {
  throw Unsupported(node.describe() + ": no native evaluation " + what);
}

}  // namespace latentcv
