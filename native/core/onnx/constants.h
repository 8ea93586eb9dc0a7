#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "onnx/graph.h"

namespace latentcv {

/** Values of a graph that do not depend on its input. */
class Constants {
 public:
  /** Computed values of more than `most` numbers in all are refused. */
  Constants(const Graph& graph, std::size_t most);

  /**
   * The constant of this name, or null. Throws Unsupported where its element type is one we do not decode.
   */
  const Tensor* find(const std::string& name) const;

  /**
   * Computes a node whose inputs are all constants. Throws Unsupported for operators that are
   * not in constant_operators.cpp.
   */
  void compute(const Node& node);

  /** What a Shape node gives for a value of this shape. */
  void addShape(const Node& node, const std::vector<std::int64_t>& shape);

 private:
  void add(const std::string& name, Tensor tensor);

  std::map<std::string, const Tensor*> byName_;
  std::deque<Tensor> computed_;
  std::size_t left_;
};

}  // namespace latentcv
