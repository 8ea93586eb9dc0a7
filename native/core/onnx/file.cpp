#include "onnx/file.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "latentcv/error.h"
#include "onnx/names.h"
#include "onnx/parse_graph.h"

namespace latentcv {
namespace {

using protozero::pbf_reader;
using protozero::tag_and_type;
using wire = protozero::pbf_wire_type;

/** An (name, number) or (key, value) pair: OperatorSetIdProto, StringStringEntryProto. */
struct Entry {
  std::string key, text;
  std::int64_t number = 0;
};

Entry readEntry(pbf_reader message) {
  Entry entry;
  while (message.next()) {
    switch (message.tag_and_type()) {
      case tag_and_type(1, wire::length_delimited):
        entry.key = message.get_string();
        break;
      case tag_and_type(2, wire::length_delimited):
        entry.text = message.get_string();
        break;
      case tag_and_type(2, wire::varint):
        entry.number = message.get_int64();
        break;
      default:
        message.skip();
    }
  }
  return entry;
}

void readOpset(OnnxFile& file, const Entry& entry) {
  if (entry.key.empty() || entry.key == "ai.onnx") file.opset = entry.number;
}

void readProperty(OnnxFile& file, Entry entry) {
  if (!file.properties.emplace(entry.key, std::move(entry.text)).second)
    throw badModel("expected metadata keys to be different but '" + entry.key + "' comes twice");
}

void readModel(OnnxFile& file) {
  pbf_reader message(file.bytes);
  bool hasGraph = false;
  while (message.next()) {
    switch (message.tag_and_type()) {
      case tag_and_type(2, wire::length_delimited):
        file.producer = message.get_string();
        break;
      case tag_and_type(7, wire::length_delimited):
        expectOnce(hasGraph, "graph");
        file.graph = readGraph(message.get_message(), 0);
        break;
      case tag_and_type(8, wire::length_delimited):
        readOpset(file, readEntry(message.get_message()));
        break;
      case tag_and_type(14, wire::length_delimited):
        readProperty(file, readEntry(message.get_message()));
        break;
      case tag_and_type(25, wire::length_delimited):
        refuse("local functions");
      case tag_and_type(20, wire::length_delimited):
        refuse("training graphs (training_info)");
      default:
        message.skip();
    }
  }
  // the metadata comes after the graph, so a file cut between the two would pass for one made elsewhere
  if (file.producer == "latentcv" && file.properties.count("latentcv.format") == 0)
    throw badModel("expected metadata in a file that latentcv wrote but there is none: it is cut short");
  if (!hasGraph) throw badModel("expected an ONNX file but it holds no graph");
}

}  // namespace

std::string readBytes(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0)
    throw Error(ErrorCode::fileNotFound, std::string("cannot open the model file: ") + std::strerror(errno));
  if (!S_ISREG(status.st_mode))
    throw Error(ErrorCode::fileNotFound, "expected a model file but this is not a file");
  const std::streamoff size = status.st_size;
  if (static_cast<std::uint64_t>(size) > maximumFileBytes)
    throw badModel("expected a file of at most " + std::to_string(maximumFileBytes >> 20) +
                   " MiB but it has " + std::to_string(size) + " bytes");
  std::string bytes(static_cast<std::size_t>(size), '\0');
  std::ifstream stream(path, std::ios::binary);
  if (size != 0 && !stream.read(&bytes[0], size))
    throw Error(ErrorCode::fileNotFound, "cannot read the model file");
  return bytes;
}

OnnxFile parseOnnx(std::string bytes) {
  if (bytes.empty()) throw badModel("expected an ONNX file but it is empty");
  OnnxFile file;
  file.bytes = std::move(bytes);
  try {
    readModel(file);
  } catch (const protozero::exception&) {
    refuseProtobuf();
  }
  validateNames(file.graph);
  return file;
}

}  // namespace latentcv
