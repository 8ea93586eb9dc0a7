#include "runtime/cuda.h"

#include <dlfcn.h>

#include <string>

#include "latentcv/error.h"
#include "runtime/handle.h"

// Written to ONNX Runtime's documentation of its CUDA provider and of I/O binding, and to the CUDA runtime's.
namespace latentcv {
namespace {

using CudaOptions = Handle<ort::CudaOptions, ort::ReleaseCUDAProviderOptions>;

// cudaMemcpyKind
constexpr int hostToDevice = 1;
constexpr int deviceToHost = 2;

void append(ort::SessionOptions* session) {
  const OnnxRuntimeLibrary& library = OnnxRuntimeLibrary::instance();
  CudaOptions options;
  library.call<ort::CreateCUDAProviderOptions>(options.out());
  // TF32 keeps 10 bits of a number: forces would be off by a thousandth
  const char *key = "use_tf32", *value = "0";
  library.call<ort::UpdateCUDAProviderOptions>(options.get(), &key, &value, std::size_t{1});
  library.call<ort::SessionOptionsAppendExecutionProvider_CUDA_V2>(
      session, static_cast<const ort::CudaOptions*>(options.get()));
}

/** ONNX Runtime's message without its source line and code in front, and the line end behind. */
std::string essence(const std::string& message) {
  const std::string mark = " : FAIL : ";
  const std::size_t at = message.find(mark);
  const std::string rest = at == std::string::npos ? message : message.substr(at + mark.size());
  return rest.substr(0, rest.find_last_not_of(" \n") + 1);
}

/**
 * The runtime is in the process already, or nowhere: a second one would know
 * nothing of the provider's memory.
 */
void* loadedRuntime() {
  for (const char* name : {"libcudart.so.13", "libcudart.so.12", "libcudart.so.11.0"})
    if (void* handle = dlopen(name, RTLD_LAZY | RTLD_NOLOAD)) return handle;
  throw Error(
      ErrorCode::missingTool,
      "expected ONNX Runtime's CUDA provider to have loaded CUDA's runtime (libcudart.so.11.0, .12 or "
      ".13) but none is in this process");
}

template <typename Function>
void find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  if (!function) throw Error(ErrorCode::missingTool, std::string("expected CUDA's runtime to have ") + name);
}

}  // namespace

bool hasCudaDriver() {
  static const bool found = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL) != nullptr;
  return found;
}

void appendCudaProvider(ort::SessionOptions* options) {
  try {
    append(options);
  } catch (const Error& error) {
    const std::string driver =
        hasCudaDriver() ? "" : "; NVIDIA's driver is not on this machine (no libcuda.so.1)";
    throw Error(ErrorCode::missingTool,
                "expected ONNX Runtime's CUDA provider for the device cuda, but " + essence(error.what()) +
                    driver +
                    "; LATENTCV_ONNXRUNTIME can name the libonnxruntime.so of an ONNX Runtime for GPUs");
  }
}

CudaCopies::CudaCopies() {
  void* runtime = loadedRuntime();
  find(runtime, "cudaMemcpy", copy_);
  find(runtime, "cudaDeviceSynchronize", synchronize_);
  find(runtime, "cudaGetErrorString", message_);
}

void CudaCopies::check(int status) const {
  if (status != 0) throw Error(ErrorCode::missingTool, std::string("CUDA: ") + message_(status));
}

void CudaCopies::toDevice(void* device, const void* host, std::size_t bytes) const {
  check(copy_(device, host, bytes, hostToDevice));
  // the copy may return before the last bytes are there, and the provider works on a stream of its own
  check(synchronize_());
}

void CudaCopies::toHost(void* host, const void* device, std::size_t bytes) const {
  check(copy_(host, device, bytes, deviceToHost));
}

}  // namespace latentcv
