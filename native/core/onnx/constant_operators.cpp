#include "onnx/constant_operators.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "onnx/unsupported.h"

namespace latentcv {
namespace {

using Inputs = const std::vector<const Tensor*>&;
using Shape = std::vector<std::int64_t>;
using Numbers = std::vector<double>;

// A few bytes can ask for any size: what is larger than this must come from constants as large.
constexpr std::size_t mostGrown = std::size_t{1} << 20;

const Tensor& input(const Node& node, Inputs in, std::size_t i) {
  if (i >= in.size() || !in[i])
    throw badModel(node.describe() + ": input " + std::to_string(i) + " is missing");
  return *in[i];
}

std::int64_t attribute(const Node& node, const char* name, std::int64_t otherwise) {
  const Attribute* found = node.attribute(name);
  return found ? found->integer : otherwise;
}

/** Whole numbers: an input, or the attribute of older operator sets. */
Shape wholeNumbers(const Node& node, Inputs in, std::size_t i, const char* name) {
  if (i < in.size() && in[i]) return Shape(in[i]->values.begin(), in[i]->values.end());
  const Attribute* found = node.attribute(name);
  return found ? found->integers : Shape();
}

std::size_t countOf(const Node& node, Inputs in, const Shape& shape) {
  std::size_t largest = mostGrown;
  for (const Tensor* tensor : in)
    if (tensor) largest = std::max(largest, tensor->values.size());
  const auto most = static_cast<std::int64_t>(largest);
  std::int64_t count = 1;
  for (std::int64_t size : shape) {
    if (size < 0 || (size > 0 && count > most / size)) unsupported(node, "of a constant of this size");
    count *= size;
  }
  return static_cast<std::size_t>(count);
}

/** numpy's rule for two shapes. */
Shape broadcastShape(const Node& node, const Shape& left, const Shape& right) {
  const std::size_t rank = std::max(left.size(), right.size());
  Shape shape(rank);
  for (std::size_t i = 0; i < rank; ++i) {
    const std::int64_t a = i + left.size() < rank ? 1 : left[i + left.size() - rank];
    const std::int64_t b = i + right.size() < rank ? 1 : right[i + right.size() - rank];
    if (a != b && a != 1 && b != 1) throw badModel(node.describe() + ": constants of shapes that do not fit");
    shape[i] = a == 1 ? b : a;
  }
  return shape;
}

/** The values of a tensor stretched to a shape that its own broadcasts to. */
Numbers stretched(const Node& node, Inputs in, const Tensor& tensor, const Shape& shape) {
  const std::size_t count = countOf(node, in, shape);
  if (tensor.values.size() == count) return tensor.values;
  Numbers values(count);
  const std::size_t lead = shape.size() - tensor.shape.size();
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t rest = i, from = 0, stride = 1;
    for (std::size_t axis = shape.size(); axis-- > 0;) {
      const std::size_t at = rest % static_cast<std::size_t>(shape[axis]);
      rest /= static_cast<std::size_t>(shape[axis]);
      if (axis < lead) continue;
      const std::size_t length = static_cast<std::size_t>(tensor.shape[axis - lead]);
      if (length != 1) from += at * stride;
      stride *= length;
    }
    values[i] = tensor.values[from];
  }
  return values;
}

template <double (*F)(double, double)>
Tensor elementwise(const Node& node, Inputs in) {
  const Tensor &left = input(node, in, 0), &right = input(node, in, 1);
  Tensor out{"", broadcastShape(node, left.shape, right.shape), {}, true};
  out.values = stretched(node, in, left, out.shape);
  const Numbers other = stretched(node, in, right, out.shape);
  std::transform(out.values.begin(), out.values.end(), other.begin(), out.values.begin(), F);
  return out;
}

double plus(double a, double b) { return a + b; }
double minus(double a, double b) { return a - b; }
double times(double a, double b) { return a * b; }
double equal(double a, double b) { return a == b ? 1 : 0; }

double by(double a, double b) { return a / b; }

/** Integers lose the fraction, other numbers keep it, and which they are is not known here. */
Tensor quotient(const Node& node, Inputs in) {
  const auto whole = [](const Tensor& tensor) {
    return std::all_of(tensor.values.begin(), tensor.values.end(),
                       [](double value) { return value == std::floor(value); });
  };
  Tensor out = elementwise<by>(node, in);
  if (whole(input(node, in, 0)) && whole(input(node, in, 1)) && !whole(out))
    unsupported(node, "of whole numbers that leave a remainder");
  return out;
}

template <double (*F)(double)>
Tensor each(const Node& node, Inputs in) {
  Tensor out = input(node, in, 0);
  std::transform(out.values.begin(), out.values.end(), out.values.begin(), F);
  return out;
}

double squareRoot(double x) { return std::sqrt(x); }
double negative(double x) { return -x; }
double exponential(double x) { return std::exp(x); }
double logarithm(double x) { return std::log(x); }

Tensor same(const Node& node, Inputs in) { return input(node, in, 0); }

/** Whichever attribute a Constant node gives its value in. */
Tensor constantValue(const Node& node, Inputs) {
  if (node.attributes.size() != 1) throw badModel(node.describe() + ": expected one value");
  const Attribute& value = node.attributes.front();
  if (value.name == "value" && value.tensors.size() == 1) return value.tensors.front();
  // a file may fill both lists of an attribute, whatever its name
  const auto list = [](const auto& values) {
    return Tensor{
        "", {static_cast<std::int64_t>(values.size())}, Numbers(values.begin(), values.end()), true};
  };
  if (value.name == "value_float") return {"", {}, {value.number}, true};
  if (value.name == "value_int") return {"", {}, {static_cast<double>(value.integer)}, true};
  if (value.name == "value_floats") return list(value.numbers);
  if (value.name == "value_ints") return list(value.integers);
  unsupported(node, "of a constant given as " + value.name);
}

Tensor filled(const Node& node, Inputs in) {
  const Attribute* value = node.attribute("value");
  if (value && (value->tensors.size() != 1 || value->tensors.front().values.size() != 1))
    unsupported(node, "with this value");
  const Numbers& sizes = input(node, in, 0).values;
  Tensor out{"", Shape(sizes.begin(), sizes.end()), {}, true};
  out.values.assign(countOf(node, in, out.shape), value ? value->tensors.front().values.front() : 0);
  return out;
}

/** The transpose of a matrix; ONNX reverses the axes where `perm` is absent. */
Tensor transposed(const Node& node, Inputs inputs) {
  const Tensor& in = input(node, inputs, 0);
  const Attribute* order = node.attribute("perm");
  if (in.shape.size() != 2 || (order && order->integers != Shape{1, 0}))
    unsupported(node, "of transposing anything but a matrix");
  const std::size_t rows = static_cast<std::size_t>(in.shape[0]),
                    columns = static_cast<std::size_t>(in.shape[1]);
  Tensor out{"", {in.shape[1], in.shape[0]}, Numbers(in.values.size()), true};
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c) out.values[c * rows + r] = in.values[r * columns + c];
  return out;
}

/** Only what leaves the numbers as they are. */
Tensor cast(const Node& node, Inputs inputs) {
  const Tensor& in = input(node, inputs, 0);
  const std::int64_t to = attribute(node, "to", 0);
  const auto whole = [](double value) { return value == std::floor(value); };
  const auto truth = [](double value) { return value == 0 || value == 1; };
  const bool same = to == 1 || to == 11 ||
                    ((to == 6 || to == 7) && std::all_of(in.values.begin(), in.values.end(), whole)) ||
                    (to == 9 && std::all_of(in.values.begin(), in.values.end(), truth));
  if (!same) unsupported(node, "with this type");
  return in;
}

Tensor unsqueezed(const Node& node, Inputs in) {
  Tensor out = input(node, in, 0);
  Shape axes = wholeNumbers(node, in, 1, "axes");
  const auto rank = static_cast<std::int64_t>(out.shape.size() + axes.size());
  for (std::int64_t& axis : axes) axis += axis < 0 ? rank : 0;
  std::sort(axes.begin(), axes.end());
  for (std::int64_t axis : axes) {
    if (axis < 0 || axis > static_cast<std::int64_t>(out.shape.size())) unsupported(node, "along this axis");
    out.shape.insert(out.shape.begin() + axis, 1);
  }
  return out;
}

Tensor squeezed(const Node& node, Inputs in) {
  Tensor out = input(node, in, 0);
  Shape axes = wholeNumbers(node, in, 1, "axes"), shape;
  for (std::int64_t& axis : axes) axis += axis < 0 ? static_cast<std::int64_t>(out.shape.size()) : 0;
  for (std::size_t i = 0; i < out.shape.size(); ++i) {
    const bool named = std::count(axes.begin(), axes.end(), static_cast<std::int64_t>(i)) != 0;
    if (!(axes.empty() ? out.shape[i] == 1 : named)) shape.push_back(out.shape[i]);
  }
  if (countOf(node, in, shape) != out.values.size()) unsupported(node, "of this change of shape");
  out.shape = shape;
  return out;
}

Tensor reshaped(const Node& node, Inputs in) {
  Tensor out = input(node, in, 0);
  const Numbers& target = input(node, in, 1).values;
  Shape shape(target.begin(), target.end());
  std::size_t known = 1;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == 0 && i < out.shape.size()) shape[i] = out.shape[i];
    if (shape[i] > 0) known *= static_cast<std::size_t>(shape[i]);
  }
  for (std::int64_t& size : shape)
    if (size == -1 && known > 0) size = static_cast<std::int64_t>(out.values.size() / known);
  if (countOf(node, in, shape) != out.values.size()) unsupported(node, "of this change of shape");
  out.shape = shape;
  return out;
}

Tensor expanded(const Node& node, Inputs in) {
  const Tensor& tensor = input(node, in, 0);
  const Numbers& target = input(node, in, 1).values;
  Tensor out{"", broadcastShape(node, tensor.shape, Shape(target.begin(), target.end())), {}, true};
  out.values = stretched(node, in, tensor, out.shape);
  return out;
}

/** Lists one after the other, or single rows `[1, …]` of a matrix. */
Tensor concatenated(const Node& node, Inputs in) {
  Tensor out{"", {}, {}, true};
  for (std::size_t i = 0; i < in.size(); ++i) {
    const Tensor& part = input(node, in, i);
    const bool lists =
        part.shape.size() == 1 && (attribute(node, "axis", 0) == 0 || attribute(node, "axis", 0) == -1);
    if (!lists) unsupported(node, "of anything but lists");
    out.values.insert(out.values.end(), part.values.begin(), part.values.end());
  }
  out.shape = {static_cast<std::int64_t>(out.values.size())};
  return out;
}

Tensor gathered(const Node& node, Inputs in) {
  const Tensor &list = input(node, in, 0), &indices = input(node, in, 1);
  if (list.shape.size() != 1) unsupported(node, "of anything but a list");
  Tensor out{"", indices.shape, {}, true};
  const double size = static_cast<double>(list.values.size());
  for (double index : indices.values) {
    if (!(index >= -size && index < size))
      throw badModel(node.describe() + ": reads beyond the end of a list");
    out.values.push_back(list.values[static_cast<std::size_t>(index < 0 ? index + size : index)]);
  }
  return out;
}

/** Of a list, in steps of one. */
Tensor sliced(const Node& node, Inputs in) {
  const Tensor& list = input(node, in, 0);
  const Shape starts = wholeNumbers(node, in, 1, "starts"), ends = wholeNumbers(node, in, 2, "ends");
  const Shape steps = wholeNumbers(node, in, 4, "steps");
  if (list.shape.size() != 1 || starts.size() != 1 || ends.size() != 1 ||
      (!steps.empty() && steps != Shape{1}))
    unsupported(node, "of anything but a stretch of a list");
  const std::int64_t size = list.shape[0];
  const auto place = [&](std::int64_t at) {
    return std::clamp(at < 0 ? at + size : at, std::int64_t{0}, size);
  };
  const std::int64_t first = place(starts[0]), last = std::max(first, place(ends[0]));
  return {"", {last - first}, Numbers(list.values.begin() + first, list.values.begin() + last), true};
}

Tensor chosen(const Node& node, Inputs in) {
  const Tensor &mask = input(node, in, 0), &left = input(node, in, 1), &right = input(node, in, 2);
  Tensor out{"", broadcastShape(node, mask.shape, broadcastShape(node, left.shape, right.shape)), {}, true};
  out.values = stretched(node, in, left, out.shape);
  const Numbers flags = stretched(node, in, mask, out.shape), others = stretched(node, in, right, out.shape);
  for (std::size_t i = 0; i < out.values.size(); ++i)
    if (flags[i] == 0) out.values[i] = others[i];
  return out;
}

Tensor product(const Node& node, Inputs in) {
  const Tensor& list = input(node, in, 0);
  if (list.shape.size() != 1) unsupported(node, "of anything but a list");
  const double all = std::accumulate(list.values.begin(), list.values.end(), 1.0, std::multiplies<double>());
  const bool keep = attribute(node, "keepdims", 1) != 0;
  return {"", keep ? Shape{1} : Shape{}, {all}, true};
}

Tensor range(const Node& node, Inputs in) {
  const auto single = [&](std::size_t i) {
    const Numbers& values = input(node, in, i).values;
    if (values.size() != 1) throw badModel(node.describe() + ": expected single numbers");
    return values.front();
  };
  const double start = single(0), step = single(2), count = std::ceil((single(1) - start) / step);
  if (!(count >= 0 && count < 1e6)) unsupported(node, "of this range");
  Tensor out{"", {static_cast<std::int64_t>(count)}, {}, true};
  for (double i = 0; i < count; ++i) out.values.push_back(start + i * step);
  return out;
}

Tensor shapeOf(const Node& node, Inputs in) {
  const Shape& shape = input(node, in, 0).shape;
  return {"", {static_cast<std::int64_t>(shape.size())}, Numbers(shape.begin(), shape.end()), true};
}

using ConstantOperator = Tensor (*)(const Node& node, Inputs inputs);

}  // namespace

Tensor computeConstant(const Node& node, const std::vector<const Tensor*>& inputs) {
  static const std::unordered_map<std::string, ConstantOperator> table = {
      {"Constant", constantValue},
      {"ConstantOfShape", filled},
      {"Identity", same},
      {"Transpose", transposed},
      {"Cast", cast},
      {"Unsqueeze", unsqueezed},
      {"Squeeze", squeezed},
      {"Reshape", reshaped},
      {"Expand", expanded},
      {"Concat", concatenated},
      {"Gather", gathered},
      {"Slice", sliced},
      {"Where", chosen},
      {"ReduceProd", product},
      {"Range", range},
      {"Shape", shapeOf},
      {"Add", elementwise<plus>},
      {"Sub", elementwise<minus>},
      {"Mul", elementwise<times>},
      {"Div", quotient},
      {"Equal", elementwise<equal>},
      {"Sqrt", each<squareRoot>},
      {"Neg", each<negative>},
      {"Exp", each<exponential>},
      {"Log", each<logarithm>},
  };
  const auto found = table.find(node.operation);
  if (found == table.end()) throw Unsupported("no native evaluation of " + node.describe() + " on constants");
  return found->second(node, inputs);
}

}  // namespace latentcv
