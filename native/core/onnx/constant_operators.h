#pragma once

#include <vector>

#include "onnx/graph.h"

namespace latentcv {

/**
 * What a node makes of constants. Throws Unsupported for operators that exporters do not use to compute
 * weights and shapes; inputs that are not given are null.
 */
Tensor computeConstant(const Node& node, const std::vector<const Tensor*>& inputs);

}  // namespace latentcv
