#include "runtime/cost.h"

#include <algorithm>
#include <unordered_map>

#include "latentcv/error.h"

namespace latentcv {
namespace {

/**
 * Constants of a graph and of those around it. A name that is computed hides one of the same name outside.
 */
class ConstantScope {
 public:
  ConstantScope(const Graph& graph, const ConstantScope* outer) : outer_(outer) {
    for (const ValueInfo& input : graph.inputs) constants_[input.name] = nullptr;
    for (const Node& node : graph.nodes) {
      const Attribute* value = node.operation == "Constant" ? node.attribute("value") : nullptr;
      for (const std::string& name : node.outputs)
        constants_[name] = value && !value->tensors.empty() ? &value->tensors.front() : nullptr;
    }
    for (const Tensor& tensor : graph.initializers) constants_[tensor.name] = &tensor;
  }

  const Tensor* find(const std::string& name) const {
    const auto found = constants_.find(name);
    if (found != constants_.end()) return found->second;
    return outer_ ? outer_->find(name) : nullptr;
  }

 private:
  const ConstantScope* outer_;
  std::unordered_map<std::string, const Tensor*> constants_;
};

/** What more than `mostOperations` is, is not counted further. */
std::size_t multiplied(std::size_t a, std::size_t b) {
  return b != 0 && a > mostOperations / b ? mostOperations + 1 : a * b;
}

std::size_t added(std::size_t a, std::size_t b) { return std::min(a + b, mostOperations + 1); }

[[noreturn]] void refuseUnbounded(const Node& node, const std::string& what) {
  throw badModel(node.describe() + ": " + what + "; latentcv gives ONNX Runtime no graph that might not end");
}

/** Trips of a Loop; it may end before by its condition. */
std::size_t tripsOfLoop(const Node& node, const ConstantScope& scope) {
  const std::string name = node.inputs.empty() ? "" : node.inputs.front();
  if (name.empty()) refuseUnbounded(node, "expected a number of trips but it ends by its condition alone");
  const Tensor* trips = scope.find(name);
  if (!trips || !trips->decoded || trips->values.size() != 1)
    refuseUnbounded(node,
                    "expected its number of trips to be a constant of the file but '" + name + "' is none");
  const double most = static_cast<double>(mostOperations + 1);
  return static_cast<std::size_t>(std::min(std::max(trips->values.front(), 0.0), most));
}

/** Trips of a Scan: the length of what it scans, here at most the longest side of a constant. */
std::size_t tripsOfScan(const Node& node, const ConstantScope& scope) {
  const Attribute* count = node.attribute("num_scan_inputs");
  const auto inputs = static_cast<std::int64_t>(node.inputs.size());
  if (count && count->integer > 0 && count->integer <= inputs)
    if (const Tensor* scanned = scope.find(node.inputs[static_cast<std::size_t>(inputs - count->integer)])) {
      std::size_t longest = 0;
      for (const std::int64_t size : scanned->shape)
        longest = std::max(longest, static_cast<std::size_t>(size));
      return longest;
    }
  refuseUnbounded(node, "expected to scan a constant of the file, whose length is known");
}

std::size_t tripsOf(const Node& node, const ConstantScope& scope) {
  if (!node.domain.empty() && node.domain != "ai.onnx") refuseUnbounded(node, "expected no graph inside it");
  if (node.operation == "If") return 1;
  if (node.operation == "Loop") return tripsOfLoop(node, scope);
  if (node.operation == "Scan") return tripsOfScan(node, scope);
  refuseUnbounded(node, "expected no graph inside it");
}

std::size_t operations(const Graph& graph, const ConstantScope* outer) {
  const ConstantScope scope(graph, outer);
  std::size_t sum = 0;
  for (const Node& node : graph.nodes) {
    sum = added(sum, 1);
    for (const Attribute& attribute : node.attributes)
      for (const Graph& inner : attribute.graphs)
        sum = added(sum, multiplied(tripsOf(node, scope), operations(inner, &scope)));
  }
  return sum;
}

}  // namespace

void expectBoundedCost(const Graph& graph) {
  if (operations(graph, nullptr) > mostOperations)
    throw badModel("expected an encoder but one evaluation would take more than " +
                   std::to_string(mostOperations) + " operations");
}

}  // namespace latentcv
