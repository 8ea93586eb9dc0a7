#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "onnx/tensor.h"

namespace latentcv {

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

}  // namespace latentcv
