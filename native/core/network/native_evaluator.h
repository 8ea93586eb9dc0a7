#pragma once

#include <memory>

#include "latentcv/evaluator.h"
#include "network/network.h"

namespace latentcv {

/** Evaluates a network in T: forward, and reverse for all outputs in one sweep over the weights. */
template <typename T>
std::unique_ptr<Evaluator> makeNativeEvaluator(const Network& network);

/** The vector width the kernels use on this processor, for the log. */
const char* vectorWidth();

}  // namespace latentcv
