#include "model/check_vectors.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "latentcv/error.h"

namespace latentcv {
namespace {

// docs/architecture.md; a few hundred times the rounding of a float32 encoder
constexpr double tolerance = 1e-4;

std::string show(double value) {
  // with its mode, so that a prebuilt core needs no libstdc++ of GCC 9
  std::ostringstream stream(std::ios_base::out);
  stream.imbue(std::locale::classic());
  stream.precision(9);
  stream << value;
  return stream.str();
}

/** Index of the first value of a row that is not as expected, or `count`. */
std::size_t firstDifference(const double* expected, const double* received, std::size_t count) {
  double largest = 1;
  for (std::size_t i = 0; i < count; ++i) largest = std::max(largest, std::abs(expected[i]));
  for (std::size_t i = 0; i < count; ++i)
    if (!(std::abs(expected[i] - received[i]) <= tolerance * largest)) return i;
  return count;
}

std::string nameOf(const std::vector<std::string>& names, std::size_t i) {
  return i < names.size() ? "'" + names[i] + "'" : std::to_string(i);
}

/** One row of check vectors against what the model gives. */
struct Row {
  std::size_t number;
  const Metadata& metadata;

  /** Compares `count` numbers of this row; `what` names one of them. */
  template <typename What>
  void compare(const std::vector<double>& table, const double* received, std::size_t count,
               const What& what) const {
    if (table.empty()) return;
    const double* expected = table.data() + number * count;
    const std::size_t i = firstDifference(expected, received, count);
    if (i == count) return;
    throw badModel("check vector " + std::to_string(number + 1) + ": expected " + what(i) + " to be " +
                   show(expected[i]) + ", as the file says, but the model gives " + show(received[i]) +
                   "; the file was changed, or is evaluated wrongly");
  }

  std::string output(std::size_t i) const { return "output " + nameOf(metadata.outputs, i); }

  /** One of the side outputs, and its derivatives [d]. */
  void compareSide(const std::string& name, const double* value, const double* gradient,
                   std::size_t d) const {
    const auto found = metadata.checks.sides.find(name);
    if (found == metadata.checks.sides.end()) return;
    const std::string what = "the output " + name;
    compare(found->second.values, value, 1, [&](std::size_t) { return what; });
    compare(found->second.gradient, gradient, d, [&](std::size_t i) { return derivative(what, i); });
  }

  std::string derivative(const std::string& of, std::size_t input) const {
    return "the derivative of " + of + " with respect to input " + nameOf(metadata.inputs, input);
  }
};

}  // namespace

void recomputeCheckVectors(Evaluator& evaluator, const Metadata& metadata,
                           const std::vector<std::string>& sides) {
  const CheckVectors& checks = metadata.checks;
  const std::size_t d = evaluator.inputs(), k = evaluator.outputs() - sides.size();
  std::vector<double> outputs(evaluator.outputs()), jacobian(evaluator.outputs() * d);
  for (std::size_t number = 0; number < checks.rows; ++number) {
    evaluator.evaluate(checks.inputs.data() + number * d, outputs.data(), jacobian.data());
    const Row row{number, metadata};
    row.compare(checks.cv, outputs.data(), k, [&](std::size_t i) { return row.output(i); });
    row.compare(checks.jacobian, jacobian.data(), k * d,
                [&](std::size_t i) { return row.derivative(row.output(i / d), i % d); });
    for (std::size_t s = 0; s < sides.size(); ++s)
      row.compareSide(sides[s], outputs.data() + k + s, jacobian.data() + (k + s) * d, d);
  }
}

}  // namespace latentcv
