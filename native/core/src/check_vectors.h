#pragma once

#include "latentcv/evaluator.h"
#include "latentcv/metadata.h"

namespace latentcv {

/**
 * Recomputes a model's check vectors. Throws Error naming the first value that differs by more than 1e-4,
 * relative to its row's largest magnitude, at least 1.
 */
void recomputeCheckVectors(Evaluator& evaluator, const Metadata& metadata);

}  // namespace latentcv
