#include "network/builder.h"

#include "network/graph_builder.h"

namespace latentcv {
Network buildNetwork(const OnnxFile& file, const std::string& input, std::size_t inputSize,
                     const std::vector<std::string>& outputs) {
  if (file.opset < oldestOpset)
    throw Unsupported("no native evaluation of operator set " + std::to_string(file.opset) + ", only from " +
                      std::to_string(oldestOpset));
  Network network = GraphBuilder(file, input, inputSize).build(outputs);
  recognize(network);
  simplify(network);
  return network;
}

}  // namespace latentcv
