#pragma once

#include "network/network.h"
#include "onnx/file.h"

namespace latentcv {

/** Operators of older sets broadcast by other rules. */
constexpr std::int64_t oldestOpset = 7;

/**
 * Reads the part of the graph that computes these outputs from the one input, whatever else the file holds;
 * they become one output, one after the other. Throws Unsupported naming the first operator without native
 * evaluation, Error where shapes disagree.
 */
Network buildNetwork(const OnnxFile& file, const std::string& input, std::size_t inputSize,
                     const std::vector<std::string>& outputs);

}  // namespace latentcv
