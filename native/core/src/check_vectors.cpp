#include "check_vectors.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "latentcv/error.h"

namespace latentcv {
namespace {

// docs/architecture.md; a few hundred times the rounding of a float32 encoder
constexpr double tolerance = 1e-4;

std::string show(double value) {
  std::ostringstream stream;
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

std::string nameOf(const std::vector<std::string>& names, std::size_t i, const char* otherwise) {
  return i < names.size() ? "'" + names[i] + "'" : otherwise + std::to_string(i);
}

[[noreturn]] void refuse(std::size_t row, const std::string& what, double expected, double received) {
  throw badModel("check vector " + std::to_string(row + 1) + ": expected " + what + " to be " +
                 show(expected) + ", as the file says, but the model gives " + show(received) +
                 "; the file was changed, or is evaluated wrongly");
}

}  // namespace

void recomputeCheckVectors(Evaluator& evaluator, const Metadata& metadata) {
  const CheckVectors& checks = metadata.checks;
  const std::size_t d = evaluator.inputs(), k = evaluator.outputs();
  std::vector<double> cv(k), jacobian(k * d);
  for (std::size_t row = 0; row < checks.rows; ++row) {
    evaluator.evaluate(checks.inputs.data() + row * d, cv.data(), jacobian.data());
    const double* expected = checks.cv.data() + row * k;
    std::size_t i = firstDifference(expected, cv.data(), k);
    if (i < k) refuse(row, "output " + nameOf(metadata.outputs, i, ""), expected[i], cv[i]);
    if (checks.jacobian.empty()) continue;
    expected = checks.jacobian.data() + row * k * d;
    i = firstDifference(expected, jacobian.data(), k * d);
    if (i < k * d)
      refuse(row,
             "the derivative of output " + nameOf(metadata.outputs, i / d, "") + " with respect to input " +
                 nameOf(metadata.inputs, i % d, ""),
             expected[i], jacobian[i]);
  }
}

}  // namespace latentcv
