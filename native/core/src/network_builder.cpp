#include "network_builder.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "activations.h"

namespace latentcv {
namespace {

// Operators before this opset broadcast by other rules.
constexpr std::int64_t oldestOpset = 7;

std::size_t elements(const Tensor& tensor) { return tensor.values.size(); }

double number(const Node& node, const char* name, double otherwise) {
  const Attribute* attribute = node.attribute(name);
  return attribute ? attribute->number : otherwise;
}

std::int64_t integer(const Node& node, const char* name, std::int64_t otherwise) {
  const Attribute* attribute = node.attribute(name);
  return attribute ? attribute->integer : otherwise;
}

class Builder {
 public:
  Builder(const Graph& graph, const std::string& input, std::size_t inputSize)
      : graph_(graph), constants_(graph) {
    slots_[input] = newSlot(inputSize);
  }

  Network build(const std::string& output) {
    for (const Node* node : neededFor(output)) add(*node);
    const auto found = slots_.find(output);
    if (found == slots_.end()) throw badModel("output '" + output + "' does not depend on the input");
    network_.output = found->second;
    return std::move(network_);
  }

 private:
  using Operator = void (Builder::*)(const Node&);

  /** Everything a node needs to be an operator of ours: its name and what adds its steps. */
  static const std::unordered_map<std::string, Operator>& operators() {
    static const std::unordered_map<std::string, Operator> table = {
        {"Gemm", &Builder::gemm},       {"MatMul", &Builder::matMul},   {"Add", &Builder::addition},
        {"Sub", &Builder::subtraction}, {"Mul", &Builder::product},     {"Div", &Builder::division},
        {"Neg", &Builder::negation},    {"Identity", &Builder::passOn}, {"Dropout", &Builder::dropout},
        {"Flatten", &Builder::flatten}, {"Reshape", &Builder::reshape}, {"Gelu", &Builder::gelu},
    };
    return table;
  }

  std::vector<const Node*> neededFor(const std::string& output) const {
    std::unordered_set<std::string> names{output};
    std::vector<const Node*> nodes;
    for (auto node = graph_.nodes.rbegin(); node != graph_.nodes.rend(); ++node) {
      const auto wanted = [&](const std::string& name) { return !name.empty() && names.count(name) != 0; };
      if (std::none_of(node->outputs.begin(), node->outputs.end(), wanted)) continue;
      if (std::any_of(node->outputs.begin() + 1, node->outputs.end(), wanted))
        throw Unsupported("no native evaluation of the second output of " + node->describe());
      names.insert(node->inputs.begin(), node->inputs.end());
      nodes.push_back(&*node);
    }
    std::reverse(nodes.begin(), nodes.end());
    return nodes;
  }

  void add(const Node& node) {
    if (!node.domain.empty() && node.domain != "ai.onnx")
      throw Unsupported("no native evaluation of " + node.describe());
    const auto variable = [&](const std::string& name) { return slots_.count(name) != 0; };
    if (std::none_of(node.inputs.begin(), node.inputs.end(), variable)) return constants_.compute(node);
    const auto found = operators().find(node.operation);
    if (found != operators().end()) return (this->*found->second)(node);
    for (const ActivationKind& kind : activationKinds)
      if (node.operation == kind.name) return activation(node, kind);
    throw Unsupported("no native evaluation of " + node.describe());
  }

  // ---- slots and inputs

  std::size_t newSlot(std::size_t size) {
    network_.sizes.push_back(size);
    return network_.sizes.size() - 1;
  }

  bool given(const Node& node, std::size_t i) const {
    return i < node.inputs.size() && !node.inputs[i].empty();
  }

  const std::string& inputName(const Node& node, std::size_t i) const {
    if (!given(node, i)) throw badModel(node.describe() + ": input " + std::to_string(i) + " is missing");
    return node.inputs[i];
  }

  /** The slot that a node reads, or null where that input is a constant. */
  const std::size_t* slot(const Node& node, std::size_t i) const {
    const auto found = slots_.find(inputName(node, i));
    return found == slots_.end() ? nullptr : &found->second;
  }

  std::size_t requireSlot(const Node& node, std::size_t i) const {
    if (const std::size_t* found = slot(node, i)) return *found;
    throw Unsupported(node.describe() + ": no native evaluation with a constant as input " +
                      std::to_string(i));
  }

  const Tensor& requireConstant(const Node& node, std::size_t i) const {
    if (const Tensor* found = constants_.find(inputName(node, i))) return *found;
    throw Unsupported(node.describe() + ": no native evaluation where input " + std::to_string(i) +
                      " depends on the model's input");
  }

  Step& addStep(const Node& node, StepKind kind, std::vector<std::size_t> inputs, std::size_t size) {
    Step step;
    step.kind = kind;
    step.inputs = std::move(inputs);
    step.output = newSlot(size);
    slots_[node.outputs.front()] = step.output;
    network_.steps.push_back(std::move(step));
    return network_.steps.back();
  }

  /** A constant next to a vector of `size`: a single number, or one per element. */
  std::vector<double> broadcast(const Node& node, const Tensor& tensor, std::size_t size) const {
    const bool row = elements(tensor) == size && !tensor.shape.empty() &&
                     tensor.shape.back() == static_cast<std::int64_t>(size);
    if (tensor.shape.size() > 2 || !(row || elements(tensor) == 1))
      throw Unsupported(node.describe() + ": no native evaluation of this broadcast of '" + tensor.name +
                        "'");
    return row ? tensor.values : std::vector<double>(size, tensor.values.front());
  }

  // ---- operators

  /** in [n, K] · matrix, given as [K, N], or as [N, K] where transposed, plus shift [N]. */
  Step& affine(const Node& node, std::size_t in, const Tensor& matrix, bool transposed) {
    if (matrix.shape.size() != 2)
      throw Unsupported(node.describe() + ": no native evaluation with anything but a matrix as input 1");
    const std::size_t inner = static_cast<std::size_t>(matrix.shape[transposed ? 1 : 0]);
    const std::size_t outer = static_cast<std::size_t>(matrix.shape[transposed ? 0 : 1]);
    if (inner != network_.sizes[in] || outer == 0)
      throw badModel(node.describe() + ": expected a matrix for " + std::to_string(network_.sizes[in]) +
                     " inputs but received one for " + std::to_string(inner));
    Step& step = addStep(node, StepKind::affine, {in}, outer);
    step.shift.assign(outer, 0);
    step.matrix = matrix.values;
    if (!transposed)
      for (std::size_t r = 0; r < outer; ++r)
        for (std::size_t c = 0; c < inner; ++c) step.matrix[r * inner + c] = matrix.values[c * outer + r];
    return step;
  }

  void gemm(const Node& node) {
    if (integer(node, "transA", 0) != 0)
      throw Unsupported(node.describe() + ": no native evaluation with transA");
    Step& step =
        affine(node, requireSlot(node, 0), requireConstant(node, 1), integer(node, "transB", 0) != 0);
    const double alpha = number(node, "alpha", 1), beta = number(node, "beta", 1);
    for (double& weight : step.matrix) weight *= alpha;
    if (!given(node, 2)) return;
    if (const std::size_t* addend = slot(node, 2)) {
      if (beta != 1)
        throw Unsupported(node.describe() + ": no native evaluation of a computed input 2 with beta");
      return combine(node, StepKind::sum, slots_[node.outputs.front()], *addend);
    }
    step.shift = broadcast(node, requireConstant(node, 2), step.shift.size());
    for (double& value : step.shift) value *= beta;
  }

  void matMul(const Node& node) { affine(node, requireSlot(node, 0), requireConstant(node, 1), false); }

  void scaleShift(const Node& node, std::size_t in, std::vector<double> scale, std::vector<double> shift) {
    Step& step = addStep(node, StepKind::scaleShift, {in}, scale.size());
    step.scale = std::move(scale);
    step.shift = std::move(shift);
  }

  /** Sum or product of two vectors that both depend on the input. */
  void combine(const Node& node, StepKind kind, std::size_t left, std::size_t right) {
    if (network_.sizes[left] != network_.sizes[right])
      throw Unsupported(node.describe() + ": no native evaluation with inputs of different sizes");
    addStep(node, kind, {left, right}, network_.sizes[left]);
  }

  /** left · leftSign + right · rightSign, at most one of them constant. */
  void addScaled(const Node& node, double leftSign, double rightSign) {
    const std::size_t *left = slot(node, 0), *right = slot(node, 1);
    if (left && right) {
      std::size_t second = *right;
      if (rightSign < 0) {
        const std::size_t size = network_.sizes[second];
        scaleShift(node, second, std::vector<double>(size, rightSign), std::vector<double>(size, 0));
        second = slots_[node.outputs.front()];
      }
      return combine(node, StepKind::sum, slots_[node.inputs[0]], second);
    }
    const std::size_t in = left ? *left : *right, size = network_.sizes[in];
    std::vector<double> shift = broadcast(node, requireConstant(node, left ? 1 : 0), size);
    for (double& value : shift) value *= left ? rightSign : leftSign;
    scaleShift(node, in, std::vector<double>(size, left ? leftSign : rightSign), std::move(shift));
  }

  void addition(const Node& node) { addScaled(node, 1, 1); }
  void subtraction(const Node& node) { addScaled(node, 1, -1); }

  void product(const Node& node) {
    const std::size_t *left = slot(node, 0), *right = slot(node, 1);
    if (left && right) return combine(node, StepKind::product, *left, *right);
    const std::size_t in = left ? *left : *right, size = network_.sizes[in];
    scaleShift(node, in, broadcast(node, requireConstant(node, left ? 1 : 0), size),
               std::vector<double>(size, 0));
  }

  void division(const Node& node) {
    const std::size_t in = requireSlot(node, 0), size = network_.sizes[in];
    std::vector<double> scale = broadcast(node, requireConstant(node, 1), size);
    for (double& value : scale) {
      value = 1 / value;
      if (!std::isfinite(value)) throw badModel(node.describe() + ": division by zero");
    }
    scaleShift(node, in, std::move(scale), std::vector<double>(size, 0));
  }

  void negation(const Node& node) {
    const std::size_t in = requireSlot(node, 0), size = network_.sizes[in];
    scaleShift(node, in, std::vector<double>(size, -1), std::vector<double>(size, 0));
  }

  void activation(const Node& node, const ActivationKind& kind) {
    const std::size_t in = requireSlot(node, 0);
    Step& step = addStep(node, StepKind::activation, {in}, network_.sizes[in]);
    step.function = kind.name;
    step.alpha = number(node, "alpha", kind.alpha);
    step.gamma = number(node, "gamma", kind.gamma);
  }

  void gelu(const Node& node) {
    const Attribute* approximate = node.attribute("approximate");
    const bool tanh = approximate && approximate->text == "tanh";
    for (const ActivationKind& kind : activationKinds)
      if (kind.name == std::string(tanh ? "GeluTanh" : "Gelu")) activation(node, kind);
  }

  /** The output is the input. */
  void passOn(const Node& node) { slots_[node.outputs.front()] = requireSlot(node, 0); }

  void dropout(const Node& node) {
    if (given(node, 2) && requireConstant(node, 2).values != std::vector<double>{0})
      throw Unsupported(node.describe() + ": no native evaluation in training mode");
    passOn(node);
  }

  void flatten(const Node& node) {
    const std::int64_t axis = integer(node, "axis", 1);
    if (axis != 1 && axis != -1)
      throw Unsupported(node.describe() + ": no native evaluation with axis other than 1");
    passOn(node);
  }

  void reshape(const Node& node) {
    const std::vector<double>& shape = requireConstant(node, 1).values;
    const double size = static_cast<double>(network_.sizes[requireSlot(node, 0)]);
    const bool same = shape.size() == 2 && integer(node, "allowzero", 0) == 0 && shape[0] >= -1 &&
                      shape[0] <= 1 && (shape[1] == size || (shape[1] == -1 && shape[0] != -1));
    if (!same) throw Unsupported(node.describe() + ": no native evaluation of a change of shape");
    passOn(node);
  }

  const Graph& graph_;
  Constants constants_;
  std::unordered_map<std::string, std::size_t> slots_;
  Network network_;
};

}  // namespace

Network buildNetwork(const OnnxFile& file, const std::string& input, std::size_t inputSize,
                     const std::string& output) {
  if (file.opset < oldestOpset)
    throw Unsupported("no native evaluation of operator set " + std::to_string(file.opset) + ", only from " +
                      std::to_string(oldestOpset));
  Network network = Builder(file.graph, input, inputSize).build(output);
  simplify(network);
  return network;
}

}  // namespace latentcv
