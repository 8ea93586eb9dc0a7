#pragma once

#include <vector>

#include "onnx/file.h"

namespace latentcv {

/** A value that the graph computes, and its derivatives by the input, where the graph computes those too. */
struct Differentiable {
  const ValueInfo* value = nullptr;
  const ValueInfo* derivatives = nullptr;
};

/**
 * What goes in and comes out: one input [n, d], outputs cv [n, k] and perhaps jacobian [n, k, d]; in an
 * ensemble also uncertainty [n, 1] and perhaps uncertainty_gradient [n, 1, d].
 */
struct Signature {
  const ValueInfo* input = nullptr;
  std::size_t inputs = 0;  // d
  Differentiable cv, uncertainty;

  /** What an evaluator is to compute, in this order. */
  std::vector<Differentiable> outputs(bool withUncertainty) const {
    if (!withUncertainty || !uncertainty.value) return {cv};
    return {cv, uncertainty};
  }
};

/**
 * Finds them: the input is the only one without an initializer; the collective variables are the output
 * named `cv`, or the only output. Throws Error where that is not clear.
 */
Signature findSignature(const Graph& graph);

}  // namespace latentcv
