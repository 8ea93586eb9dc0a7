#pragma once

#include "onnx/file.h"

namespace latentcv {

/** Operations of one evaluation, inside loops for each trip: about a second of them. */
constexpr std::size_t mostOperations = std::size_t{1} << 20;

/**
 * Holds what ONNX Runtime would have to do for one evaluation against `mostOperations`. Throws Error for a
 * Loop whose number of trips is no constant of the file, as nothing tells that it ends; for a Scan over a
 * sequence of unknown length; and for other operators with a graph inside.
 */
void expectBoundedCost(const Graph& graph);

}  // namespace latentcv
