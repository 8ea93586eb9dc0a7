#pragma once

#include <deque>
#include <map>
#include <string>

#include "latentcv/error.h"
#include "onnx_file.h"

namespace latentcv {

/** The graph is sound but not one the native evaluator knows; ONNX Runtime may still evaluate it. */
class Unsupported : public Error {
 public:
  explicit Unsupported(const std::string& message) : Error(ErrorCode::badModel, message) {}
};

/** Values of a graph that do not depend on its input. */
class Constants {
 public:
  /** Computed values of more than `most` numbers in all are refused. */
  Constants(const Graph& graph, std::size_t most);

  /** The constant of this name, or null. Throws Unsupported where its element type is one we do not decode.
   */
  const Tensor* find(const std::string& name) const;

  /**
   * Computes a node whose inputs are all constants. Throws Unsupported for operators other than Constant,
   * Identity, Transpose, Cast, Unsqueeze, and the four basic operations and square root on like shapes.
   */
  void compute(const Node& node);

 private:
  const Tensor& operand(const Node& node, std::size_t i) const;
  void add(const std::string& name, Tensor tensor);

  std::map<std::string, const Tensor*> byName_;
  std::deque<Tensor> computed_;
  std::size_t left_;
};

}  // namespace latentcv
