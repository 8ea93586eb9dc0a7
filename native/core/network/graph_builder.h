#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "network/plan.h"
#include "onnx/constants.h"
#include "onnx/file.h"

namespace latentcv {

/** A value of the graph that depends on its input: [n, size of slot], or [n] where `flat`. */
struct Variable {
  std::size_t slot;
  bool flat;
};

/** A network in the making: operators read their inputs here, add steps to the plan and set their outputs. */
class GraphBuilder {
 public:
  GraphBuilder(const OnnxFile& file, const std::string& input, std::size_t inputSize);

  /** The network that computes these values, one after the other. */
  Network finish(const std::vector<std::string>& outputs);

  NetworkPlan& plan() { return plan_; }
  std::size_t size(const Variable& variable) const { return plan_.size(variable.slot); }
  std::int64_t opset() const { return file_.opset; }

  bool given(const Node& node, std::size_t i) const;

  /** What a node reads there, or null where that input is a constant. */
  const Variable* variable(const Node& node, std::size_t i) const;

  /** The first input that is no constant. */
  Variable requireAnyVariable(const Node& node) const;

  /** These throw Unsupported where the input is of the other kind, and badModel where there is none. */
  Variable requireVariable(const Node& node, std::size_t i) const;
  const Tensor& requireConstant(const Node& node, std::size_t i) const;

  void set(const Node& node, Variable value, std::size_t output = 0);

  /** Whether the node reads anything but constants. */
  bool readsVariable(const Node& node) const;
  /** Computes a node that reads constants alone. */
  void addConstant(const Node& node) { constants_.compute(node); }
  /** A shape is a constant: one frame is evaluated at a time. */
  void addShape(const Node& node);

 private:
  const std::string& inputName(const Node& node, std::size_t i) const;

  const OnnxFile& file_;
  Constants constants_;
  NetworkPlan plan_;
  std::unordered_map<std::string, Variable> variables_;
};

}  // namespace latentcv
