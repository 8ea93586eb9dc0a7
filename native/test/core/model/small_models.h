#pragma once

#include <unistd.h>

#include <cstdio>
#include <string>
#include <vector>

#include "core/onnx_writer.h"
#include "latentcv/model.h"

// Models of a few nodes, written, loaded and evaluated.
namespace small_models {

using latentcv::Model;
using latentcv::ModelOptions;
using onnx_writer::smallModel;

/** A file in the working folder that goes away with the test. */
class TemporaryFile {
 public:
  explicit TemporaryFile(const onnx_writer::Model& model)
      : path_("model_test_" + std::to_string(::getpid()) + ".onnx") {
    model.write(path_);
  }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Result {
  std::vector<double> cv, jacobian;
};

inline Result evaluate(const onnx_writer::Model& written, const std::vector<double>& x,
                       const ModelOptions& options = {}) {
  const TemporaryFile file(written);
  Model model(file.path(), options);
  Result result{std::vector<double>(model.outputs()), std::vector<double>(model.outputs() * model.inputs())};
  model.evaluator().evaluate(x.data(), result.cv.data(), result.jacobian.data());
  return result;
}

inline Result load(const onnx_writer::Model& written, const ModelOptions& options = {}) {
  return evaluate(written, {0, 0}, options);
}

/** The small model with its nodes replaced; `last` must be called cv. */
inline onnx_writer::Model withNodes(std::vector<std::string> nodes) {
  onnx_writer::Model model = smallModel();
  model.nodes = std::move(nodes);
  return model;
}

}  // namespace small_models
