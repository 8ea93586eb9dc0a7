#include "onnx/graph.h"

namespace latentcv {

const Attribute* Node::attribute(const char* wanted) const {
  for (const Attribute& candidate : attributes)
    if (candidate.name == wanted) return &candidate;
  return nullptr;
}

std::string Node::describe() const {
  const std::string own = operation.empty() ? "a node" : operation,
                    full = domain.empty() ? own : domain + "." + own;
  if (!name.empty()) return full + " (node '" + name + "')";
  return outputs.empty() ? full : full + " (computing '" + outputs.front() + "')";
}

const ValueInfo* Graph::output(const std::string& name) const {
  for (const ValueInfo& info : outputs)
    if (info.name == name) return &info;
  return nullptr;
}

}  // namespace latentcv
