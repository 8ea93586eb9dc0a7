// Writes a tanh network as TorchScript, for PYTORCH_MODEL.
// usage: write_torchscript WEIGHTS MODEL WIDTH WIDTH …
// WEIGHTS: float32, layer by layer the weights [out, in] and the biases [out].
#include <torch/csrc/jit/api/module.h>
#include <torch/script.h>

#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

torch::Tensor readTensor(std::ifstream& file, std::vector<int64_t> shape) {
  torch::Tensor tensor = torch::empty(shape, torch::kFloat32);
  file.read(static_cast<char*>(tensor.data_ptr()),
            static_cast<std::streamsize>(tensor.numel() * sizeof(float)));
  if (!file) throw std::runtime_error("expected more weights");
  return tensor;
}

void writeModel(const std::string& weights, const std::string& model, const std::vector<int64_t>& widths) {
  std::ifstream file(weights, std::ios::binary);
  torch::jit::Module module("Encoder");
  std::string forward = "def forward(self, x):\n";
  for (std::size_t layer = 0; layer + 1 < widths.size(); ++layer) {
    const std::string n = std::to_string(layer);
    module.register_parameter("weight" + n, readTensor(file, {widths[layer + 1], widths[layer]}), false);
    module.register_parameter("bias" + n, readTensor(file, {widths[layer + 1]}), false);
    const std::string affine = "torch.linear(x, self.weight" + n + ", self.bias" + n + ")";
    const bool last = layer + 2 == widths.size();
    forward += last ? "  return " + affine + "\n" : "  x = torch.tanh(" + affine + ")\n";
  }
  module.define(forward);
  module.save(model);
}

}  // namespace

int main(int count, char** arguments) try {
  if (count < 5) return std::cerr << "usage: write_torchscript WEIGHTS MODEL WIDTH WIDTH ...\n", 2;
  std::vector<int64_t> widths;
  for (int i = 3; i < count; ++i) widths.push_back(std::stoll(arguments[i]));
  writeModel(arguments[1], arguments[2], widths);
} catch (const std::exception& problem) {
  std::cerr << "write_torchscript: " << problem.what() << "\n";
  return 1;
}
