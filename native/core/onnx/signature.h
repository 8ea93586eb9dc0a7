#pragma once

#include <string>
#include <vector>

#include "onnx/file.h"

namespace latentcv {

/** A value that the graph computes, and its derivatives by the input, where the graph computes those too. */
struct Differentiable {
  const ValueInfo* value = nullptr;
  const ValueInfo* derivatives = nullptr;
};

/**
 * One number for each frame that a file may give beside its collective variables, [n, 1], and perhaps its derivatives
 * NAME_gradient [n, 1, d].
 */
struct SideOutput {
  std::string name;
  Differentiable number;
};

/** What goes in and comes out: one input [n, d], outputs cv [n, k] and perhaps jacobian [n, k, d], and side outputs. */
struct Signature {
  const ValueInfo* input = nullptr;
  std::size_t inputs = 0;  // d
  Differentiable cv;
  std::vector<SideOutput> sides;  // those that the file has, in the order of sideOutputNames

  /** Names of those that are wanted and there. */
  std::vector<std::string> found(const std::vector<std::string>& wanted) const;

  /** What an evaluator is to compute, in this order: the collective variables, and the sides of these names. */
  std::vector<Differentiable> outputs(const std::vector<std::string>& names) const;
};

/**
 * Finds them: the input is the only one without an initializer; the collective variables are the output
 * named `cv`, or the only output. Throws Error where that is not clear.
 */
Signature findSignature(const Graph& graph);

}  // namespace latentcv
