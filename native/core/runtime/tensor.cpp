#include "runtime/tensor.h"

#include <algorithm>

namespace latentcv {
namespace {

using MemoryInfo = Handle<ort::MemoryInfo, ort::ReleaseMemoryInfo>;

class HostMemory : public TensorMemory {
 public:
  HostMemory() {
    OnnxRuntimeLibrary::instance().call<ort::CreateCpuMemoryInfo>(ort::arenaAllocator, ort::defaultMemory,
                                                                  info_.out());
  }

  void* allocate(void* host, std::size_t bytes, const std::vector<std::int64_t>& shape, int elementType,
                 ort::Value** value) const override {
    OnnxRuntimeLibrary::instance().call<ort::CreateTensorWithDataAsOrtValue>(
        static_cast<const ort::MemoryInfo*>(info_.get()), host, bytes, shape.data(), shape.size(),
        elementType, value);
    return nullptr;
  }

  void toDevice(void*, const void*, std::size_t) const override {}
  void toHost(void*, const void*, std::size_t) const override {}

 private:
  MemoryInfo info_;
};

class CudaMemory : public TensorMemory {
 public:
  explicit CudaMemory(ort::Session* session) {
    const OnnxRuntimeLibrary& library = OnnxRuntimeLibrary::instance();
    MemoryInfo info;
    library.call<ort::CreateMemoryInfo>("Cuda", ort::deviceAllocator, 0, ort::defaultMemory, info.out());
    library.call<ort::CreateAllocator>(static_cast<const ort::Session*>(session),
                                       static_cast<const ort::MemoryInfo*>(info.get()), allocator_.out());
  }

  void* allocate(void*, std::size_t, const std::vector<std::int64_t>& shape, int elementType,
                 ort::Value** value) const override {
    const OnnxRuntimeLibrary& library = OnnxRuntimeLibrary::instance();
    library.call<ort::CreateTensorAsOrtValue>(allocator_.get(), shape.data(), shape.size(), elementType,
                                              value);
    void* device = nullptr;
    library.call<ort::GetTensorMutableData>(*value, &device);
    return device;
  }

  void toDevice(void* device, const void* host, std::size_t bytes) const override {
    copies_.toDevice(device, host, bytes);
  }
  void toHost(void* host, const void* device, std::size_t bytes) const override {
    copies_.toHost(host, device, bytes);
  }

 private:
  Handle<ort::Allocator, ort::ReleaseAllocator> allocator_;
  CudaCopies copies_;
};

}  // namespace

std::unique_ptr<TensorMemory> hostMemory() { return std::make_unique<HostMemory>(); }

std::unique_ptr<TensorMemory> cudaMemory(ort::Session* session) {
  return std::make_unique<CudaMemory>(session);
}

BoundTensor::BoundTensor(const TensorMemory& memory, int elementType, const std::vector<std::int64_t>& shape)
    : memory_(memory), type_(elementType) {
  for (std::int64_t size : shape) count_ *= static_cast<std::size_t>(size);
  if (type_ == ort::doubleElements)
    doubles_.assign(count_, 0.0);
  else
    floats_.assign(count_, 0.0f);
  device_ = memory.allocate(host(), bytes(), shape, type_, value_.out());
}

void BoundTensor::set(const double* values) {
  if (type_ == ort::doubleElements)
    std::copy_n(values, count_, doubles_.begin());
  else
    std::transform(values, values + count_, floats_.begin(), [](double v) { return static_cast<float>(v); });
  if (device_) memory_.toDevice(device_, host(), bytes());
}

void BoundTensor::fetch() {
  if (device_) memory_.toHost(host(), device_, bytes());
}

void BoundTensor::get(double* values) const {
  if (type_ == ort::doubleElements)
    std::copy(doubles_.begin(), doubles_.end(), values);
  else
    std::copy(floats_.begin(), floats_.end(), values);
}

}  // namespace latentcv
