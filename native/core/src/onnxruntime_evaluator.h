#pragma once

#include <memory>

#include "latentcv/evaluator.h"
#include "signature.h"

namespace latentcv {

/**
 * Evaluates any graph that has a `jacobian` output, in the file's own precision, on one thread.
 * Throws Error where the library is missing or refuses the graph.
 */
std::unique_ptr<Evaluator> makeOnnxRuntimeEvaluator(const OnnxFile& file, const Signature& signature);

/** Version of the library in use, for the log. */
std::string onnxRuntimeVersion();

}  // namespace latentcv
