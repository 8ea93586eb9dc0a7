#include "onnx/file.h"

#include <unistd.h>

#include <random>

#include "core/onnx_writer.h"
#include "latentcv/error.h"
#include "latentcv/model.h"
#include "testing.h"

using namespace latentcv;
using onnx_writer::node;
using protozero::pbf_writer;

namespace {

/** The small model with one initializer more, whose fields `fill` writes. */
template <typename Fill>
std::string withTensor(Fill fill) {
  onnx_writer::Model model = onnx_writer::smallModel();
  std::string data;
  pbf_writer tensor(data);
  tensor.add_string(8, "t");
  fill(tensor);
  model.initializers.push_back(data);
  return model.bytes();
}

void dims(pbf_writer& tensor, const std::vector<std::int64_t>& shape) {
  tensor.add_packed_int64(1, shape.begin(), shape.end());
}

/** Parses and, where that works, evaluates: whatever the bytes are, an error or numbers, never a crash. */
bool survives(const std::string& bytes) {
  try {
    parseOnnx(bytes);
    const std::string path = "fuzz_" + std::to_string(::getpid()) + ".onnx";
    std::ofstream(path, std::ios::binary) << bytes;
    struct Remove {
      std::string path;
      ~Remove() { std::remove(path.c_str()); }
    } remove{path};
    Model model(path, {EvaluatorChoice::native, Precision::doublePrecision});
    const std::vector<double> x(model.inputs(), 0.1);
    std::vector<double> cv(model.outputs()), jacobian(model.outputs() * model.inputs());
    model.evaluator().evaluate(x.data(), cv.data(), jacobian.data());
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

TEST_CASE("a small model is read") {
  const OnnxFile file = parseOnnx(onnx_writer::smallModel().bytes());
  CHECK(file.opset == 17);
  CHECK(file.graph.nodes.size() == 2);
  CHECK(file.graph.nodes[0].operation == "Gemm");
  CHECK(file.graph.inputs[0].shape == (std::vector<std::int64_t>{-1, 2}));
  CHECK(file.graph.initializers[0].values == (std::vector<double>{1, 2}));
}

TEST_CASE("what is not ONNX is refused") {
  CHECK_THROWS_WITH(parseOnnx(""), contains("it is empty"));
  CHECK_THROWS_WITH(parseOnnx("PK\x03\x04 a zip file"), contains("expected an ONNX file"));
  CHECK_THROWS_WITH(parseOnnx("{\"json\": true}"), contains("expected an ONNX file"));
  std::string nothing;
  pbf_writer(nothing).add_int64(1, 8);
  CHECK_THROWS_WITH(parseOnnx(nothing), contains("it holds no graph"));
}

TEST_CASE("external data is refused, in both of its forms") {
  CHECK_THROWS_WITH(parseOnnx(withTensor([](pbf_writer& tensor) {
                      tensor.add_int32(2, 1);
                      pbf_writer entry(tensor, 13);
                      entry.add_string(1, "location");
                      entry.add_string(2, "../../etc/passwd");
                    })),
                    contains("external data is not supported"));
  CHECK_THROWS_WITH(parseOnnx(withTensor([](pbf_writer& tensor) {
                      tensor.add_int32(2, 1);
                      tensor.add_int32(14, 1);
                    })),
                    contains("external data is not supported"));
  // as torch writes it, the name comes last
  CHECK_THROWS_WITH(
      parseOnnx(withTensor([](pbf_writer& tensor) {
        tensor.add_int32(14, 1);
        tensor.add_string(8, "layer.weight");
      })),
      contains(
          "tensor 'layer.weight': external data is not supported; expected its values inside the file, as "
          "external_data=False makes torch.onnx.export write it"));
  std::string training = onnx_writer::smallModel().bytes();
  pbf_writer(training).add_string(20, "");
  CHECK_THROWS_WITH(parseOnnx(training),
                    contains("training graphs (training_info) are not supported in model files"));
}

TEST_CASE("sizes that disagree with their bytes are refused") {
  CHECK_THROWS_WITH(parseOnnx(withTensor([](pbf_writer& tensor) {
                      dims(tensor, {3});
                      tensor.add_int32(2, 1);
                      tensor.add_bytes(9, std::string(8, '\0'));
                    })),
                    contains("tensor 't': expected 12 bytes for its shape but received 8"));
  CHECK_THROWS_WITH(parseOnnx(withTensor([](pbf_writer& tensor) {
                      dims(tensor, {2, 2});
                      tensor.add_int32(2, 1);
                      const float values[] = {1, 2, 3};
                      tensor.add_packed_float(4, values, values + 3);
                    })),
                    contains("expected 4 values for its shape but received 3"));
  CHECK_THROWS_WITH(parseOnnx(withTensor([](pbf_writer& tensor) {
                      dims(tensor, {-1});
                      tensor.add_int32(2, 1);
                    })),
                    contains("expected sizes of at least 0 but received -1"));
  CHECK_THROWS_WITH(parseOnnx(withTensor([](pbf_writer& tensor) {
                      dims(tensor, {std::int64_t{1} << 40, std::int64_t{1} << 40});
                      tensor.add_int32(2, 1);
                    })),
                    contains("more elements than a model file can hold"));
}

TEST_CASE("unknown element types, strings and sparse tensors are refused") {
  for (int type : {0, 8, 14, 99})
    CHECK_THROWS_WITH(parseOnnx(withTensor([&](pbf_writer& tensor) { tensor.add_int32(2, type); })),
                      contains("unknown element type " + std::to_string(type)));
  onnx_writer::Model model = onnx_writer::smallModel();
  std::string bytes = model.bytes();
  pbf_writer(bytes).add_message(25, std::string());
  CHECK_THROWS_WITH(parseOnnx(bytes), contains("local functions are not supported"));
}

TEST_CASE("values that are not finite are refused") {
  onnx_writer::Model model = onnx_writer::smallModel();
  model.initializers[0] = onnx_writer::floatTensor("w", {2, 1}, {1, NAN});
  CHECK_THROWS_WITH(parseOnnx(model.bytes()),
                    contains("tensor 'w': expected finite values but element 1 is not"));
  model.initializers[0] = onnx_writer::floatTensor("w", {2, 1}, {-INFINITY, 1});
  CHECK_THROWS_WITH(parseOnnx(model.bytes()),
                    contains("tensor 'w': expected finite values but element 0 is not"));
  CHECK_THROWS_WITH(parseOnnx(withTensor([](pbf_writer& tensor) {
                      dims(tensor, {1});
                      tensor.add_int32(2, 10);
                      tensor.add_bytes(9, std::string("\x00\x7c", 2));  // infinity in float16
                    })),
                    contains("expected finite values but element 0 is not"));
}

TEST_CASE("names: undefined, cyclic, twice") {
  onnx_writer::Model model = onnx_writer::smallModel();
  model.nodes[1] = node("Tanh", {"nowhere"}, "cv");
  CHECK_THROWS_WITH(parseOnnx(model.bytes()),
                    contains("Tanh (node 'n_cv') reads 'nowhere', which nothing before it computes"));
  model.nodes = {node("Tanh", {"b2"}, "a"), node("Tanh", {"a"}, "b2"), node("Identity", {"x"}, "cv")};
  CHECK_THROWS_WITH(parseOnnx(model.bytes()), contains("cyclic"));
  model.nodes = {node("Tanh", {"x"}, "cv"), node("Sin", {"x"}, "cv")};
  CHECK_THROWS_WITH(parseOnnx(model.bytes()), contains("'cv' comes again"));
  model.nodes = {node("Tanh", {"x"}, "other")};
  CHECK_THROWS_WITH(parseOnnx(model.bytes()), contains("output 'cv' is not computed by the graph"));
}

TEST_CASE("a second graph, which protobuf would merge with the first, is refused") {
  std::string bytes = onnx_writer::smallModel().bytes();
  pbf_writer(bytes).add_message(7, std::string());
  CHECK_THROWS_WITH(parseOnnx(bytes), contains("expected one graph but the file has two"));
}

TEST_CASE("a file of ours without metadata is known to be cut short") {
  onnx_writer::Model model = onnx_writer::smallModel();
  model.producer = "latentcv";
  CHECK_THROWS_WITH(parseOnnx(model.bytes()), contains("expected metadata in a file that latentcv wrote"));
  model.properties = {{"latentcv.format", "1"}};
  parseOnnx(model.bytes());
}

TEST_CASE("graphs inside graphs have an end") {
  std::string graph;
  for (int depth = 0; depth < 40; ++depth) {
    std::string attribute, holder, outer;
    pbf_writer(attribute).add_message(6, graph);
    pbf_writer(holder).add_message(5, attribute);
    pbf_writer(outer).add_message(1, holder);
    graph = outer;
  }
  std::string bytes;
  pbf_writer(bytes).add_message(7, graph);
  CHECK_THROWS_WITH(parseOnnx(bytes), contains("expected at most 16 graphs inside each other"));
}

TEST_CASE("a file cut short anywhere is an error or a smaller model, never a crash") {
  onnx_writer::Model model = onnx_writer::smallModel();
  model.properties = {
      {"latentcv.format", "1"}, {"latentcv.inputs", "d1\nd2"}, {"latentcv.check.inputs", "0.1 0.2"}};
  const std::string bytes = model.bytes();
  int read = 0;
  for (std::size_t length = 0; length < bytes.size(); ++length) read += survives(bytes.substr(0, length));
  CHECK(survives(onnx_writer::smallModel().bytes()));
  CHECK(read < static_cast<int>(bytes.size()) / 2);
}

TEST_CASE("a file with random bytes changed is an error or another model, never a crash") {
  const std::string bytes = onnx_writer::smallModel().bytes();
  std::mt19937 random(42);
  for (int trial = 0; trial < 5000; ++trial) {
    std::string damaged = bytes;
    for (int change = 0; change <= trial % 4; ++change)
      damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
    survives(damaged);
  }
}
