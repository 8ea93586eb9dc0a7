#pragma once

#include "onnx/graph.h"

namespace latentcv {

/** Throws Error where a name is duplicate, undefined or used before it is computed. */
void validateNames(const Graph& graph);

}  // namespace latentcv
