#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "onnx/protobuf.h"

namespace latentcv {

/** A constant in the file: values in double where the native evaluator may need them. */
struct Tensor {
  std::string name;
  std::vector<std::int64_t> shape;
  /** Row-major; empty for element types the native evaluator does not compute with (see `decoded`). */
  std::vector<double> values;
  bool decoded = false;
};

/**
 * Reads and checks one TensorProto. `where` names it in errors.
 * Throws Error for external data, an unknown element type, sizes that disagree, non-finite values.
 */
Tensor readTensor(protozero::pbf_reader message, const std::string& where);

}  // namespace latentcv
