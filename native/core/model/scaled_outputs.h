#pragma once

#include <memory>
#include <vector>

#include "latentcv/evaluator.h"

namespace latentcv {

/** An evaluator whose outputs [k] are multiplied by factors [k], and their derivatives with them. */
std::unique_ptr<Evaluator> scaledOutputs(std::unique_ptr<Evaluator> evaluator, std::vector<double> factors);

}  // namespace latentcv
