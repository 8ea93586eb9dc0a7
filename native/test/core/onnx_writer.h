#pragma once

#include <cstdint>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "onnx/protobuf.h"
// after protobuf.h, which says how protozero checks
#include <protozero/pbf_writer.hpp>

// Writes small ONNX files for the tests, good and bad, field by field (numbers from onnx.proto).
namespace onnx_writer {

using protozero::pbf_writer;

inline std::string floatTensor(const std::string& name, const std::vector<std::int64_t>& shape,
                               const std::vector<float>& values, int type = 1) {
  std::string data;
  pbf_writer tensor(data);
  tensor.add_packed_int64(1, shape.begin(), shape.end());
  tensor.add_int32(2, type);
  tensor.add_string(8, name);
  tensor.add_bytes(9, reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
  return data;
}

inline std::string int64Tensor(const std::string& name, const std::vector<std::int64_t>& values) {
  std::string data;
  pbf_writer tensor(data);
  const std::int64_t count = static_cast<std::int64_t>(values.size());
  tensor.add_packed_int64(1, &count, &count + 1);
  tensor.add_int32(2, 7);
  tensor.add_packed_int64(7, values.begin(), values.end());
  tensor.add_string(8, name);
  return data;
}

inline std::string floatAttribute(const std::string& name, float value) {
  std::string data;
  pbf_writer attribute(data);
  attribute.add_string(1, name);
  attribute.add_float(2, value);
  attribute.add_int32(20, 1);
  return data;
}

inline std::string intAttribute(const std::string& name, std::int64_t value) {
  std::string data;
  pbf_writer attribute(data);
  attribute.add_string(1, name);
  attribute.add_int64(3, value);
  attribute.add_int32(20, 2);
  return data;
}

inline std::string textAttribute(const std::string& name, const std::string& value) {
  std::string data;
  pbf_writer attribute(data);
  attribute.add_string(1, name);
  attribute.add_string(4, value);
  attribute.add_int32(20, 3);
  return data;
}

inline std::string node(const std::string& operation, const std::vector<std::string>& inputs,
                        const std::string& output, const std::vector<std::string>& attributes = {},
                        const std::string& domain = "") {
  std::string data;
  pbf_writer writer(data);
  for (const std::string& input : inputs) writer.add_string(1, input);
  writer.add_string(2, output);
  writer.add_string(3, "n_" + output);
  writer.add_string(4, operation);
  for (const std::string& attribute : attributes) writer.add_message(5, attribute);
  if (!domain.empty()) writer.add_string(7, domain);
  return data;
}

/** A graph input or output of float32, or another type; -1 stands for the open number of frames. */
inline std::string value(const std::string& name, const std::vector<std::int64_t>& shape,
                         int elementType = 1) {
  std::string data;
  pbf_writer info(data);
  info.add_string(1, name);
  pbf_writer type(info, 2);
  pbf_writer tensor(type, 1);
  tensor.add_int32(1, elementType);
  pbf_writer dimensions(tensor, 2);
  for (std::int64_t size : shape) {
    pbf_writer dimension(dimensions, 1);
    if (size < 0)
      dimension.add_string(2, "n");
    else
      dimension.add_int64(1, size);
  }
  return data;
}

/** The parts of a model; every member may be changed before bytes() puts them together. */
struct Model {
  std::vector<std::string> nodes, initializers, inputs, outputs;
  std::map<std::string, std::string> properties;
  std::int64_t opset = 17;
  std::string producer;

  std::string bytes() const {
    std::string data;
    pbf_writer model(data);
    model.add_int64(1, 8);
    if (!producer.empty()) model.add_string(2, producer);
    {
      pbf_writer graph(model, 7);
      for (const std::string& part : nodes) graph.add_message(1, part);
      graph.add_string(2, "test");
      for (const std::string& part : initializers) graph.add_message(5, part);
      for (const std::string& part : inputs) graph.add_message(11, part);
      for (const std::string& part : outputs) graph.add_message(12, part);
    }
    {
      pbf_writer imported(model, 8);
      imported.add_string(1, "");
      imported.add_int64(2, opset);
    }
    for (const auto& property : properties) {
      pbf_writer entry(model, 14);
      entry.add_string(1, property.first);
      entry.add_string(2, property.second);
    }
    return data;
  }

  void write(const std::string& path) const {
    const std::string data = bytes();
    std::ofstream(path, std::ios::binary).write(data.data(), static_cast<std::streamsize>(data.size()));
  }
};

/** cv = tanh(x · [[1], [2]] + 0.5): two inputs, one collective variable. */
inline Model smallModel() {
  Model model;
  model.inputs = {value("x", {-1, 2})};
  model.outputs = {value("cv", {-1, 1})};
  model.initializers = {floatTensor("w", {2, 1}, {1, 2}), floatTensor("b", {1}, {0.5f})};
  model.nodes = {node("Gemm", {"x", "w", "b"}, "h"), node("Tanh", {"h"}, "cv")};
  return model;
}

}  // namespace onnx_writer
