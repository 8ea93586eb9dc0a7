#include <algorithm>
#include <cmath>
#include <numeric>

#include "network/operators.h"

namespace latentcv {
namespace {

using Numbers = std::vector<double>;

/** The output is the input. */
void passOn(GraphBuilder& graph, const Node& node) { graph.set(node, graph.requireVariable(node, 0)); }

void dropout(GraphBuilder& graph, const Node& node) {
  if (graph.given(node, 2) && graph.requireConstant(node, 2).values != Numbers{0})
    unsupported(node, "in training mode");
  passOn(graph, node);
}

/** Element types of onnx.proto that a value may be cast to. */
enum CastTo : std::int64_t { toFloat = 1, toInt32 = 6, toInt64 = 7, toBool = 9, toDouble = 11 };

/**
 * Between floating-point types of at least single precision nothing changes, as the evaluator has one
 * precision for all; a truth value is 1 or 0, and a whole number what is left of the point.
 */
void cast(GraphBuilder& graph, const Node& node) {
  const std::int64_t to = integer(node, "to", 0);
  if (to == toFloat || to == toDouble) return passOn(graph, node);
  const bool whole = to == toInt32 || to == toInt64;
  if (!whole && to != toBool) unsupported(node, "to anything but float, double, bool, int32 and int64");
  const Variable in = graph.requireVariable(node, 0);
  graph.set(node, {graph.plan().activation(in.slot, whole ? "Truncated" : "NotZero"), in.flat});
}

void flatten(GraphBuilder& graph, const Node& node) {
  const std::int64_t axis = integer(node, "axis", 1);
  const Variable in = graph.requireVariable(node, 0);
  if (axis != 1 && (axis != -1 || in.flat)) unsupported(node, "with axis other than 1");
  graph.set(node, {in.slot, false});
}

/** [n, d] to [n, d], or between [n] and [n, 1]. */
void reshape(GraphBuilder& graph, const Node& node) {
  const Variable in = graph.requireVariable(node, 0);
  const Numbers& shape = graph.requireConstant(node, 1).values;
  const double size = static_cast<double>(graph.size(in));
  const bool zeroCopies = integer(node, "allowzero", 0) == 0;
  const bool flat = shape == Numbers{-1} && size == 1;
  const bool matrix = shape.size() == 2 && zeroCopies && shape[0] >= -1 && shape[0] <= 1 &&
                      (shape[1] == size || (shape[1] == -1 && shape[0] != -1));
  if (!flat && !matrix) unsupported(node, "of a change of shape");
  graph.set(node, {in.slot, flat});
}

/** The axes of Squeeze and Unsqueeze: an attribute before opset 13. */
std::int64_t onlyAxis(const GraphBuilder& graph, const Node& node) {
  const Attribute* attribute = node.attribute("axes");
  if (graph.given(node, 1)) {
    const Numbers& axes = graph.requireConstant(node, 1).values;
    if (axes.size() == 1) return static_cast<std::int64_t>(axes.front());
  } else if (attribute && attribute->integers.size() == 1) {
    return attribute->integers.front();
  }
  unsupported(node, "without exactly one axis");
}

void squeeze(GraphBuilder& graph, const Node& node) {
  const Variable in = graph.requireVariable(node, 0);
  expectFeatureAxis(node, in, onlyAxis(graph, node));
  if (graph.size(in) != 1)
    throw badModel(node.describe() + ": expected one feature but received " + std::to_string(graph.size(in)));
  graph.set(node, {in.slot, true});
}

void unsqueeze(GraphBuilder& graph, const Node& node) {
  const Variable in = graph.requireVariable(node, 0);
  if (!in.flat) unsupported(node, "of a change of shape");
  expectFeatureAxis(node, {in.slot, false}, onlyAxis(graph, node));
  graph.set(node, {in.slot, false});
}

void concat(GraphBuilder& graph, const Node& node) {
  std::vector<std::size_t> slots;
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    const Variable in = graph.requireVariable(node, i);
    expectFeatureAxis(node, in, integer(node, "axis", 0));
    slots.push_back(in.slot);
  }
  graph.set(node, {graph.plan().concat(std::move(slots)), false});
}

void gather(GraphBuilder& graph, const Node& node) {
  const Variable in = graph.requireVariable(node, 0);
  expectFeatureAxis(node, in, integer(node, "axis", 0));
  const Tensor& wanted = graph.requireConstant(node, 1);
  if (wanted.shape.size() > 1 || wanted.values.empty()) unsupported(node, "with indices that are no list");
  const double size = static_cast<double>(graph.size(in));
  std::vector<std::size_t> indices;
  for (double index : wanted.values) {
    if (index < -size || index >= size)
      throw badModel(node.describe() + ": expected indices below " + std::to_string(graph.size(in)) +
                     " but received " + std::to_string(static_cast<std::int64_t>(index)));
    indices.push_back(static_cast<std::size_t>(index < 0 ? index + size : index));
  }
  graph.set(node, {graph.plan().select(in.slot, std::move(indices)), wanted.shape.empty()});
}

/** What Slice takes along one axis. */
struct Range {
  double start, end, step;

  /** Its indices in `size` elements: negative ones count from the end, and all are cut to what there is. */
  std::vector<std::size_t> indices(double size) const {
    const auto place = [&](double at, double lowest, double highest) {
      return std::min(std::max(at < 0 ? at + size : at, lowest), highest);
    };
    const bool up = step > 0;
    const double last = up ? place(end, 0, size) : place(end, -1, size - 1);
    std::vector<std::size_t> result;
    for (double i = up ? place(start, 0, size) : place(start, 0, size - 1); up ? i < last : i > last;
         i += step)
      result.push_back(static_cast<std::size_t>(i));
    return result;
  }
};

/** An operand of Slice: an attribute before opset 10, then an input; empty where it is not given. */
Numbers sliceOperand(const GraphBuilder& graph, const Node& node, std::size_t i, const char* name) {
  if (graph.opset() >= 10) return graph.given(node, i) ? graph.requireConstant(node, i).values : Numbers();
  const Attribute* attribute = node.attribute(name);
  return attribute ? Numbers(attribute->integers.begin(), attribute->integers.end()) : Numbers();
}

void slice(GraphBuilder& graph, const Node& node) {
  const Variable in = graph.requireVariable(node, 0);
  const Numbers starts = sliceOperand(graph, node, 1, "starts"), ends = sliceOperand(graph, node, 2, "ends");
  Numbers axes = sliceOperand(graph, node, 3, "axes"), steps = sliceOperand(graph, node, 4, "steps");
  // one axis that is not named is the first, that of the frames
  if (starts.size() != 1 || ends.size() != 1 || axes.size() != 1 || steps.size() > 1)
    unsupported(node, "along any axis but that of the features");
  expectFeatureAxis(node, in, static_cast<std::int64_t>(axes.front()));
  const Range range{starts.front(), ends.front(), steps.empty() ? 1 : steps.front()};
  if (range.step == 0 || range.step != std::floor(range.step))
    throw badModel(node.describe() + ": expected steps of whole numbers other than 0");
  std::vector<std::size_t> indices = range.indices(static_cast<double>(graph.size(in)));
  if (indices.empty()) throw badModel(node.describe() + ": expected to take elements but it takes none");
  graph.set(node, {graph.plan().select(in.slot, std::move(indices)), false});
}

/** Sizes of the parts: given, or equal but for the last. */
Numbers partSizes(const GraphBuilder& graph, const Node& node, std::size_t size) {
  if (graph.given(node, 1)) return graph.requireConstant(node, 1).values;
  if (const Attribute* given = node.attribute("split"))
    return Numbers(given->integers.begin(), given->integers.end());
  const std::size_t count = node.outputs.size(), part = (size + count - 1) / count;
  Numbers sizes(count, static_cast<double>(part));
  sizes.back() = static_cast<double>(size) - static_cast<double>(part * (count - 1));
  return sizes;
}

void split(GraphBuilder& graph, const Node& node) {
  const Variable in = graph.requireVariable(node, 0);
  expectFeatureAxis(node, in, integer(node, "axis", 0));
  const Numbers sizes = partSizes(graph, node, graph.size(in));
  const bool positive = std::all_of(sizes.begin(), sizes.end(), [](double part) { return part >= 1; });
  const double total = std::accumulate(sizes.begin(), sizes.end(), 0.0);
  if (!positive || sizes.size() != node.outputs.size() || total != static_cast<double>(graph.size(in)))
    throw badModel(node.describe() + ": expected parts that add up to " + std::to_string(graph.size(in)));
  std::size_t first = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    std::vector<std::size_t> indices(static_cast<std::size_t>(sizes[i]));
    std::iota(indices.begin(), indices.end(), first);
    first += indices.size();
    if (!node.outputs[i].empty())
      graph.set(node, {graph.plan().select(in.slot, std::move(indices)), false}, i);
  }
}

}  // namespace

const OperatorTable& shapeOperators() {
  static const OperatorTable table = {
      {"Identity", passOn}, {"Dropout", dropout}, {"Cast", cast},           {"Flatten", flatten},
      {"Reshape", reshape}, {"Squeeze", squeeze}, {"Unsqueeze", unsqueeze}, {"Concat", concat},
      {"Gather", gather},   {"Slice", slice},     {"Split", split},
  };
  return table;
}

}  // namespace latentcv
