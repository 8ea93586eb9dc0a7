#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "onnx/tensor.h"

namespace latentcv {

/** Files larger than this are refused: encoders for collective variables are thousands of times smaller. */
constexpr std::size_t maximumFileBytes = std::size_t{256} << 20;

struct Graph;

/** One attribute of a node; only the members that its kind uses are filled. */
struct Attribute {
  std::string name;
  double number = 0;         // f
  std::int64_t integer = 0;  // i
  std::string text;          // s
  std::vector<double> numbers;
  std::vector<std::int64_t> integers;
  std::vector<Tensor> tensors;  // t, tensors
  std::vector<Graph> graphs;    // g, graphs
};

struct Node {
  std::string name, operation, domain;
  std::vector<std::string> inputs, outputs;
  std::vector<Attribute> attributes;

  const Attribute* attribute(const char* name) const;
  /** `Gemm (node 'layer 1')`, for messages. */
  std::string describe() const;
};

/** A graph input or output. A size that the file leaves open (such as the number of frames) is -1. */
struct ValueInfo {
  std::string name;
  std::int32_t elementType = 0;
  std::vector<std::int64_t> shape;
};

struct Graph {
  std::vector<Node> nodes;
  std::vector<Tensor> initializers;
  std::vector<ValueInfo> inputs, outputs;

  const ValueInfo* output(const std::string& name) const;
};

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

/** The part of parseOnnx that checks names. */
void validateNames(const Graph& graph);

}  // namespace latentcv
