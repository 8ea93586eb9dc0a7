#pragma once

#include "onnx/graph.h"

namespace latentcv {

/**
 * Reads one GraphProto; `depth` graphs are around it. Throws Error for what parseOnnx refuses inside graphs.
 */
Graph readGraph(protozero::pbf_reader message, int depth);

/** Protobuf merges a message that comes twice; what we check must be what others read, so refuse it. */
inline void expectOnce(bool& seen, const char* what) {
  if (seen) throw badModel(std::string("expected one ") + what + " but the file has two");
  seen = true;
}

[[noreturn]] inline void refuse(const std::string& what) {
  throw badModel(what + " are not supported in model files");
}

}  // namespace latentcv
