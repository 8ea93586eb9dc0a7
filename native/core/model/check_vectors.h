#pragma once

#include "latentcv/evaluator.h"
#include "latentcv/metadata.h"

namespace latentcv {

/**
 * Recomputes the check vectors of a model, those of the side outputs too that its evaluator gives behind the
 * collective variables. Throws Error naming the first value that differs by more than 1e-4, relative to
 * its row's largest magnitude, at least 1.
 */
void recomputeCheckVectors(Evaluator& evaluator, const Metadata& metadata,
                           const std::vector<std::string>& sides);

}  // namespace latentcv
