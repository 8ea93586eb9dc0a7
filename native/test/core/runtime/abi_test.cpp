// Holds runtime/abi.h against ONNX Runtime's own header: positions, types and values, at compile time.
#include "runtime/abi.h"

#include <onnxruntime_c_api.h>

#include <type_traits>

#include "testing.h"

namespace {

using namespace latentcv;

/**
 * Our declaration of a function, with the library's types in place of our
 * opaque ones and enumerations as int.
 */
template <typename Theirs, typename Ours>
struct SameShape : std::false_type {};

template <typename Their, typename Our>
constexpr bool sameArgument =
    sizeof(Their) == sizeof(Our) && std::is_pointer<Their>::value == std::is_pointer<Our>::value;

template <typename TheirResult, typename... Theirs, typename OurResult, typename... Ours>
struct SameShape<TheirResult (*)(Theirs...), OurResult (*)(Ours...)> {
  static constexpr bool value = sizeof...(Theirs) == sizeof...(Ours) && (sameArgument<Theirs, Ours> && ...) &&
                                std::is_pointer<TheirResult>::value == std::is_pointer<OurResult>::value;
};
template <typename TheirResult, typename... Theirs, typename OurResult, typename... Ours>
struct SameShape<TheirResult (*)(Theirs...) noexcept, OurResult (*)(Ours...)>
    : SameShape<TheirResult (*)(Theirs...), OurResult (*)(Ours...)> {};

#define SAME(name)                                                                                    \
  static_assert(offsetof(OrtApi, name) == ort::name::position * sizeof(void*), "position of " #name); \
  static_assert(SameShape<decltype(OrtApi::name), ort::name::Function>::value, "arguments of " #name)

SAME(GetErrorMessage);
SAME(CreateEnv);
SAME(DisableTelemetryEvents);
SAME(CreateSessionFromArray);
SAME(CreateSessionOptions);
SAME(SetSessionExecutionMode);
SAME(SetSessionLogSeverityLevel);
SAME(SetSessionGraphOptimizationLevel);
SAME(SetIntraOpNumThreads);
SAME(SetInterOpNumThreads);
SAME(CreateTensorAsOrtValue);
SAME(CreateTensorWithDataAsOrtValue);
SAME(GetTensorMutableData);
SAME(CreateMemoryInfo);
SAME(CreateCpuMemoryInfo);
SAME(ReleaseStatus);
SAME(ReleaseMemoryInfo);
SAME(ReleaseSession);
SAME(ReleaseValue);
SAME(ReleaseSessionOptions);
SAME(AddSessionConfigEntry);
SAME(CreateAllocator);
SAME(ReleaseAllocator);
SAME(RunWithBinding);
SAME(CreateIoBinding);
SAME(ReleaseIoBinding);
SAME(BindInput);
SAME(BindOutput);
SAME(SessionOptionsAppendExecutionProvider_CUDA_V2);
SAME(CreateCUDAProviderOptions);
SAME(UpdateCUDAProviderOptions);
SAME(ReleaseCUDAProviderOptions);

static_assert(offsetof(OrtApiBase, GetApi) == offsetof(ort::ApiBase, getApi), "GetApi");
static_assert(offsetof(OrtApiBase, GetVersionString) == offsetof(ort::ApiBase, getVersionString),
              "GetVersionString");
static_assert(ort::apiVersion <= ORT_API_VERSION, "the header is older than the version we ask for");
static_assert(ort::logErrors == ORT_LOGGING_LEVEL_ERROR && ort::sequential == ORT_SEQUENTIAL, "enumerations");
static_assert(ort::optimizeAll == ORT_ENABLE_ALL && ort::arenaAllocator == OrtArenaAllocator, "enumerations");
static_assert(ort::deviceAllocator == OrtDeviceAllocator, "enumerations");
static_assert(ort::defaultMemory == OrtMemTypeDefault, "enumerations");
static_assert(ort::floatElements == ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT, "enumerations");
static_assert(ort::doubleElements == ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE, "enumerations");

}  // namespace

TEST_CASE("our declarations are those of onnxruntime_c_api.h (checked when this was compiled)") {
  CHECK(true);
}
