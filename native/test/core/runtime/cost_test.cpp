#include "runtime/cost.h"

#include "core/onnx_writer.h"
#include "testing.h"

using namespace latentcv;
using onnx_writer::node;
using onnx_writer::pbf_writer;

namespace {

/** A graph of these nodes, as a subgraph of a node. */
std::string graphOf(const std::vector<std::string>& nodes) {
  std::string data;
  pbf_writer graph(data);
  for (const std::string& part : nodes) graph.add_message(1, part);
  graph.add_string(2, "body");
  return data;
}

std::string graphAttribute(const std::string& name, const std::string& graph) {
  std::string data;
  pbf_writer attribute(data);
  attribute.add_string(1, name);
  attribute.add_message(6, graph);
  attribute.add_int32(20, 5);
  return data;
}

/** `operations` in a row, of x. */
std::vector<std::string> row(int operations, const std::string& prefix = "t") {
  std::vector<std::string> nodes;
  for (int i = 0; i < operations; ++i) nodes.push_back(node("Tanh", {"x"}, prefix + std::to_string(i)));
  return nodes;
}

/** A Loop over these nodes as many times as the input `trips` says. */
std::string loop(const std::string& trips, const std::vector<std::string>& nodes,
                 const std::string& output = "cv") {
  return node("Loop", {trips, "", "x"}, output, {graphAttribute("body", graphOf(nodes))});
}

void expect(std::vector<std::string> nodes, std::int64_t trips = 1) {
  onnx_writer::Model model = onnx_writer::smallModel();
  model.initializers.push_back(onnx_writer::int64Tensor("trips", {trips}));
  model.nodes = std::move(nodes);
  const OnnxFile file = parseOnnx(model.bytes());
  expectBoundedCost(file.graph);
}

constexpr std::int64_t most = mostOperations;

}  // namespace

TEST_CASE("operations are counted for each trip, through loops in loops and branches") {
  expect({loop("trips", row(3))}, 1000);
  expect({loop("trips", row(1))}, most - 1);
  CHECK_THROWS_WITH(expect({loop("trips", row(1))}, most),
                    contains("would take more than 1048576 operations"));
  CHECK_THROWS_WITH(expect({loop("trips", row(2))}, most / 2), contains("more than 1048576 operations"));
  CHECK_THROWS_WITH(expect({loop("trips", {loop("trips", row(1), "inner")})}, 1500),
                    contains("more than 1048576 operations"));
  expect({loop("trips", {loop("trips", row(1), "inner")})}, 1000);
  const std::string branches = node("If", {"x"}, "cv",
                                    {graphAttribute("then_branch", graphOf(row(4, "a"))),
                                     graphAttribute("else_branch", graphOf(row(4, "b")))});
  expect({branches});
  CHECK_THROWS_WITH(expect({loop("trips", {branches})}, most / 8), contains("more than 1048576 operations"));
  CHECK_THROWS_WITH(expect({loop("trips", row(1))}, std::int64_t{1} << 62),
                    contains("more than 1048576 operations"));
  expect({loop("trips", row(1))}, -most);
}

TEST_CASE("what nothing tells to end is refused") {
  CHECK_THROWS_WITH(
      expect({loop("", row(1))}),
      contains("Loop (node 'n_cv'): expected a number of trips but it ends by its condition alone"));
  CHECK_THROWS_WITH(
      expect({node("ReduceSum", {"x"}, "count"), loop("count", row(1))}),
      contains("expected its number of trips to be a constant of the file but 'count' is none"));
  CHECK_THROWS_WITH(expect({node("Scan", {"x"}, "cv",
                                 {graphAttribute("body", graphOf(row(1))),
                                  onnx_writer::intAttribute("num_scan_inputs", 1)})}),
                    contains("expected to scan a constant of the file"));
  CHECK_THROWS_WITH(expect({node("SequenceMap", {"x"}, "cv", {graphAttribute("body", graphOf(row(1)))})}),
                    contains("SequenceMap (node 'n_cv'): expected no graph inside it"));
  CHECK_THROWS_WITH(
      expect({node("Loop", {"trips"}, "cv", {graphAttribute("body", graphOf(row(1)))}, "com.other")}),
      contains("expected no graph inside it"));
}

TEST_CASE("a name that is computed hides a constant of the same name outside") {
  const std::string inner = loop("trips", row(1), "inner");
  expect({loop("trips", {inner})}, 10);
  CHECK_THROWS_WITH(expect({loop("trips", {node("Tanh", {"x"}, "trips"), inner})}, 10),
                    contains("but 'trips' is none"));
}

TEST_CASE("a scan of a constant has its length") {
  const auto scan = [](int operations) {
    return node(
        "Scan", {"x", "w"}, "cv",
        {graphAttribute("body", graphOf(row(operations))), onnx_writer::intAttribute("num_scan_inputs", 1)});
  };
  expect({scan(3)});
  CHECK_THROWS_WITH(expect({loop("trips", {scan(1)})}, most / 2), contains("more than 1048576 operations"));
}
