#include "onnx/names.h"

#include <unordered_set>

#include "latentcv/error.h"

namespace latentcv {
namespace {

/** Names that a graph defines, and those of the graphs around it. */
class Scope {
 public:
  explicit Scope(const Scope* outer) : outer_(outer) {}

  void define(const std::string& name, const std::string& by) {
    if (name.empty()) return;
    if (!names_.insert(name).second)
      throw badModel("expected every name to be computed once but '" + name + "' comes again in " + by);
  }

  bool knows(const std::string& name) const {
    return names_.count(name) != 0 || (outer_ && outer_->knows(name));
  }

 private:
  const Scope* outer_;
  std::unordered_set<std::string> names_;
};

void validate(const Graph& graph, const Scope* outer);

void validate(const Node& node, const Scope& scope) {
  if (node.operation.empty())
    throw badModel("expected every node to name its operator but " + node.describe() + " does not");
  for (const std::string& name : node.inputs)
    if (!name.empty() && !scope.knows(name))
      throw badModel(node.describe() + " reads '" + name +
                     "', which nothing before it computes: the name is undefined, or the graph is cyclic or "
                     "out of order");
  for (const Attribute& attribute : node.attributes)
    for (const Graph& inner : attribute.graphs) validate(inner, &scope);
}

void validate(const Graph& graph, const Scope* outer) {
  Scope scope(outer);
  std::unordered_set<std::string> initializers;
  for (const Tensor& tensor : graph.initializers) {
    scope.define(tensor.name, "the initializers");
    initializers.insert(tensor.name);
  }
  for (const ValueInfo& input : graph.inputs)
    // before IR version 4 every initializer was listed among the inputs too
    if (initializers.count(input.name) == 0) scope.define(input.name, "the inputs");
  for (const Node& node : graph.nodes) {
    validate(node, scope);
    for (const std::string& name : node.outputs) scope.define(name, node.describe());
  }
  for (const ValueInfo& output : graph.outputs)
    if (!scope.knows(output.name))
      throw badModel("output '" + output.name + "' is not computed by the graph");
}

}  // namespace

void validateNames(const Graph& graph) { validate(graph, nullptr); }

}  // namespace latentcv
