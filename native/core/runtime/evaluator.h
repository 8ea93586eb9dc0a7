#pragma once

#include <memory>

#include "latentcv/evaluator.h"
#include "onnx/signature.h"

namespace latentcv {

struct OnnxRuntimeOptions {
  bool cuda = false;
  unsigned threads = 1;
};

/**
 * Evaluates outputs of a graph that come with their derivatives, in the file's own precision.
 * Throws Error where the library is missing or refuses the graph, a derivative is not in the file, or there
 * is no CUDA.
 */
std::unique_ptr<Evaluator> makeOnnxRuntimeEvaluator(const OnnxFile& file, const Signature& signature,
                                                    const std::vector<Differentiable>& outputs,
                                                    const OnnxRuntimeOptions& options);

/** Version of the library in use, for the log. */
std::string onnxRuntimeVersion();

}  // namespace latentcv
