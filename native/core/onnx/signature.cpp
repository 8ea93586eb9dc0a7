#include "onnx/signature.h"

#include <algorithm>
#include <unordered_set>

#include "latentcv/error.h"
#include "latentcv/side_outputs.h"

namespace latentcv {
namespace {

const ValueInfo& onlyInput(const Graph& graph) {
  // before IR version 4 every initializer was listed among the inputs too
  std::unordered_set<std::string> initializers;
  for (const Tensor& tensor : graph.initializers) initializers.insert(tensor.name);
  const ValueInfo* found = nullptr;
  for (const ValueInfo& input : graph.inputs) {
    if (initializers.count(input.name) != 0) continue;
    if (found)
      throw badModel(
          "expected one input but the graph has '" + found->name + "' and '" + input.name +
          "'; of a network of positions and the box, `latentcv differentiate --positions` makes one");
    found = &input;
  }
  if (!found) throw badModel("expected one input but the graph has none");
  return *found;
}

const ValueInfo& collectiveVariables(const Graph& graph) {
  if (const ValueInfo* cv = graph.output("cv")) return *cv;
  if (graph.outputs.size() == 1) return graph.outputs.front();
  throw badModel("expected an output named cv, or one output, but the graph has " +
                 std::to_string(graph.outputs.size()));
}

/** TensorProto.DataType as onnx.proto names it. */
std::string nameOfType(std::int32_t type) {
  static const char* const names[] = {"undefined", "float",  "uint8",  "int8",   "uint16",
                                      "int16",     "int32",  "int64",  "string", "bool",
                                      "float16",   "double", "uint32", "uint64"};
  constexpr std::int32_t count = sizeof(names) / sizeof(names[0]), brainFloat = 16;
  if (type == brainFloat) return "bfloat16";
  return type >= 0 && type < count ? names[type] : std::to_string(type);
}

/** A graph of another type computes something else: whole numbers, or with fewer digits than it is given. */
void expectRealNumbers(const ValueInfo& input) {
  constexpr std::int32_t floats = 1, doubles = 11;
  if (input.elementType != floats && input.elementType != doubles)
    throw badModel("expected float or double for input '" + input.name + "' but it is " +
                   nameOfType(input.elementType));
}

std::string show(const std::vector<std::int64_t>& shape) {
  std::string text;
  for (std::int64_t size : shape)
    text += (text.empty() ? "" : ", ") + (size < 0 ? "?" : std::to_string(size));
  return "[" + text + "]";
}

}  // namespace

std::vector<std::string> Signature::found(const std::vector<std::string>& wanted) const {
  std::vector<std::string> names;
  for (const SideOutput& side : sides)
    if (std::find(wanted.begin(), wanted.end(), side.name) != wanted.end()) names.push_back(side.name);
  return names;
}

std::vector<Differentiable> Signature::outputs(const std::vector<std::string>& names) const {
  std::vector<Differentiable> all{cv};
  for (const SideOutput& side : sides)
    if (std::find(names.begin(), names.end(), side.name) != names.end()) all.push_back(side.number);
  return all;
}

Signature findSignature(const Graph& graph) {
  Signature signature;
  signature.input = &onlyInput(graph);
  const auto& shape = signature.input->shape;
  if (shape.size() != 2 || shape[1] < 1 || shape[0] == 0 || shape[0] > 1)
    throw badModel("expected input '" + signature.input->name +
                   "' to have the shape [n, d] with a known d but received " + show(shape) +
                   "; `latentcv differentiate` makes such a file of one frame's numbers or positions");
  expectRealNumbers(*signature.input);
  signature.inputs = static_cast<std::size_t>(shape[1]);
  signature.cv = {&collectiveVariables(graph), graph.output("jacobian")};
  for (const std::string name : sideOutputNames)
    if (const ValueInfo* number = graph.output(name))
      signature.sides.push_back({name, {number, graph.output(name + "_gradient")}});
  return signature;
}

}  // namespace latentcv
