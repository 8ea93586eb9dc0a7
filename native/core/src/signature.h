#pragma once

#include "onnx_file.h"

namespace latentcv {

/** What goes in and comes out: one input [n, d], outputs cv [n, k] and perhaps jacobian [n, k, d]. */
struct Signature {
  ValueInfo input;
  std::size_t inputs = 0;  // d
  ValueInfo cv;
  const ValueInfo* jacobian = nullptr;
};

/**
 * Finds them: the input is the only one without an initializer; the collective variables are the output
 * named `cv`, or the only output. Throws Error where that is not clear.
 */
Signature findSignature(const Graph& graph);

}  // namespace latentcv
