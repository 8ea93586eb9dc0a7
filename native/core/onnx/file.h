#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "onnx/graph.h"

namespace latentcv {

/** Files larger than this are refused: encoders for collective variables are thousands of times smaller. */
constexpr std::size_t maximumFileBytes = std::size_t{256} << 20;

/** An ONNX file as read: structure checked, nothing evaluated. */
struct OnnxFile {
  std::string bytes;
  std::int64_t opset = 0;
  std::string producer;
  Graph graph;
  std::map<std::string, std::string> properties;
};

/** Reads a file into memory. Throws Error where it is missing, unreadable or too large. */
std::string readBytes(const std::string& path);

/**
 * Parses and checks an ONNX file. Throws Error for what is not ONNX, external data, local functions,
 * sparse tensors, sizes that disagree with their bytes, non-finite weights, and names that are
 * duplicate, undefined or used before they are computed.
 */
OnnxFile parseOnnx(std::string bytes);

}  // namespace latentcv
