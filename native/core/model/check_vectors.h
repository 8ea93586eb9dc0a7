#pragma once

#include "latentcv/evaluator.h"
#include "latentcv/metadata.h"

namespace latentcv {

/**
 * Recomputes the check vectors of a model of k collective variables; those of the uncertainty where the
 * evaluator gives that too. Throws Error naming the first value that differs by more than 1e-4, relative to
 * its row's largest magnitude, at least 1.
 */
void recomputeCheckVectors(Evaluator& evaluator, const Metadata& metadata, std::size_t k);

}  // namespace latentcv
