#pragma once

#include <string>

#include "onnx/file.h"

namespace latentcv {

/**
 * What to do about a graph without a derivative: `latentcv differentiate`, or
 * why that does not take it either.
 */
std::string derivativeRemedy(const OnnxFile& file);

/** Throws Error for a tree ensemble, which is constant between its steps. */
void expectNoTrees(const Graph& graph);

}  // namespace latentcv
