#pragma once

#include <cstddef>
#include <cstdint>

// ONNX Runtime's C API as far as we call it, so that no header of theirs is needed to build. The API is one
// table of function pointers, versioned and only ever appended to (onnxruntime_c_api.h, "struct OrtApi"):
// a function's position never changes. native/test/onnxruntime_abi_test.cpp holds every position and type
// below against the real header where CMake is told where that is (LATENTCV_ONNXRUNTIME_HEADERS).
namespace latentcv {
namespace ort {

/** The version of the table we ask for: that of ONNX Runtime 1.17, so any library from there on will do. */
constexpr std::uint32_t apiVersion = 17;

// Opaque objects of the library.
struct Status;
struct Env;
struct Session;
struct SessionOptions;
struct RunOptions;
struct MemoryInfo;
struct Value;
struct IoBinding;
struct Allocator;
struct CudaOptions;

// Values of its enumerations.
constexpr int logErrors = 3;        // ORT_LOGGING_LEVEL_ERROR
constexpr int sequential = 0;       // ORT_SEQUENTIAL
constexpr int optimizeAll = 99;     // ORT_ENABLE_ALL
constexpr int deviceAllocator = 0;  // OrtDeviceAllocator
constexpr int arenaAllocator = 1;   // OrtArenaAllocator
constexpr int defaultMemory = 0;    // OrtMemTypeDefault
constexpr int floatElements = 1;    // ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT
constexpr int doubleElements = 11;  // ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE

/** A function of the table: its position and its type. */
template <std::size_t position_, typename Function_>
struct Entry {
  static constexpr std::size_t position = position_;
  using Function = Function_;
};

using GetErrorMessage = Entry<2, const char* (*)(const Status*)>;
using CreateEnv = Entry<3, Status* (*)(int severity, const char* name, Env**)>;
using DisableTelemetryEvents = Entry<6, Status* (*)(const Env*)>;
using CreateSessionFromArray =
    Entry<8, Status* (*)(const Env*, const void* model, std::size_t bytes, const SessionOptions*, Session**)>;
using CreateSessionOptions = Entry<10, Status* (*)(SessionOptions**)>;
using SetSessionExecutionMode = Entry<13, Status* (*)(SessionOptions*, int mode)>;
using SetSessionLogSeverityLevel = Entry<22, Status* (*)(SessionOptions*, int severity)>;
using SetSessionGraphOptimizationLevel = Entry<23, Status* (*)(SessionOptions*, int level)>;
using SetIntraOpNumThreads = Entry<24, Status* (*)(SessionOptions*, int threads)>;
using SetInterOpNumThreads = Entry<25, Status* (*)(SessionOptions*, int threads)>;
using CreateTensorAsOrtValue = Entry<48, Status* (*)(Allocator*, const std::int64_t* shape,
                                                     std::size_t dimensions, int elementType, Value**)>;
using CreateTensorWithDataAsOrtValue =
    Entry<49, Status* (*)(const MemoryInfo*, void* data, std::size_t bytes, const std::int64_t* shape,
                          std::size_t dimensions, int elementType, Value**)>;
using GetTensorMutableData = Entry<51, Status* (*)(Value*, void** data)>;
using CreateMemoryInfo =
    Entry<68, Status* (*)(const char* name, int allocator, int device, int memory, MemoryInfo**)>;
using CreateCpuMemoryInfo = Entry<69, Status* (*)(int allocator, int memory, MemoryInfo**)>;
using ReleaseStatus = Entry<93, void (*)(Status*)>;
using ReleaseMemoryInfo = Entry<94, void (*)(MemoryInfo*)>;
using ReleaseSession = Entry<95, void (*)(Session*)>;
using ReleaseValue = Entry<96, void (*)(Value*)>;
using ReleaseSessionOptions = Entry<100, void (*)(SessionOptions*)>;
using AddSessionConfigEntry = Entry<130, Status* (*)(SessionOptions*, const char* key, const char* value)>;
using CreateAllocator = Entry<131, Status* (*)(const Session*, const MemoryInfo*, Allocator**)>;
using ReleaseAllocator = Entry<132, void (*)(Allocator*)>;
using RunWithBinding = Entry<133, Status* (*)(Session*, const RunOptions*, const IoBinding*)>;
using CreateIoBinding = Entry<134, Status* (*)(Session*, IoBinding**)>;
using ReleaseIoBinding = Entry<135, void (*)(IoBinding*)>;
using BindInput = Entry<136, Status* (*)(IoBinding*, const char* name, const Value*)>;
using BindOutput = Entry<137, Status* (*)(IoBinding*, const char* name, const Value*)>;
using SessionOptionsAppendExecutionProvider_CUDA_V2 =
    Entry<204, Status* (*)(SessionOptions*, const CudaOptions*)>;
using CreateCUDAProviderOptions = Entry<205, Status* (*)(CudaOptions**)>;
using UpdateCUDAProviderOptions = Entry<206, Status* (*)(CudaOptions*, const char* const* keys,
                                                         const char* const* values, std::size_t count)>;
using ReleaseCUDAProviderOptions = Entry<208, void (*)(CudaOptions*)>;

/** The table: untyped here, typed by Entry. */
using Table = void (*const*)();

/** What the library's one exported function, OrtGetApiBase, returns. */
struct ApiBase {
  Table (*getApi)(std::uint32_t version);
  const char* (*getVersionString)();
};

}  // namespace ort
}  // namespace latentcv
