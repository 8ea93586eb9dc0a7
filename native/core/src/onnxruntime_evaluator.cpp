#include "onnxruntime_evaluator.h"

#include <algorithm>

#include "latentcv/error.h"
#include "onnxruntime_library.h"

namespace latentcv {
namespace {

/** An object of the library that is released with its owner. */
template <typename Object, typename Release>
class Handle {
 public:
  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { OnnxRuntimeLibrary::instance().release<Release>(object_); }
  Object* get() const { return object_; }
  Object** out() { return &object_; }

 private:
  Object* object_ = nullptr;
};

/** A tensor in memory of ours, of float or double as the graph wants it, seen from outside as doubles. */
class BoundTensor {
 public:
  BoundTensor(int elementType, std::vector<std::int64_t> shape) : type_(elementType) {
    std::size_t count = 1;
    for (std::int64_t size : shape) count *= static_cast<std::size_t>(size);
    const auto& library = OnnxRuntimeLibrary::instance();
    Handle<ort::MemoryInfo, ort::ReleaseMemoryInfo> memory;
    library.call<ort::CreateCpuMemoryInfo>(ort::arenaAllocator, ort::defaultMemory, memory.out());
    if (type_ == ort::doubleElements)
      bind(doubles_, count, shape, memory.get());
    else
      bind(floats_, count, shape, memory.get());
  }

  void set(const double* values) {
    if (type_ == ort::doubleElements)
      std::copy_n(values, doubles_.size(), doubles_.begin());
    else
      std::transform(values, values + floats_.size(), floats_.begin(),
                     [](double v) { return static_cast<float>(v); });
  }

  void get(double* values) const {
    if (type_ == ort::doubleElements)
      std::copy(doubles_.begin(), doubles_.end(), values);
    else
      std::copy(floats_.begin(), floats_.end(), values);
  }

  double at(std::size_t i) const { return type_ == ort::doubleElements ? doubles_[i] : floats_[i]; }
  ort::Value* value() const { return value_.get(); }

 private:
  template <typename T>
  void bind(std::vector<T>& memory, std::size_t count, const std::vector<std::int64_t>& shape,
            ort::MemoryInfo* where) {
    memory.assign(count, T(0));
    OnnxRuntimeLibrary::instance().call<ort::CreateTensorWithDataAsOrtValue>(
        where, static_cast<void*>(memory.data()), count * sizeof(T), shape.data(), shape.size(), type_,
        value_.out());
  }

  int type_;
  std::vector<float> floats_;
  std::vector<double> doubles_;
  Handle<ort::Value, ort::ReleaseValue> value_;
};

/** k, which a session cannot tell us before it runs. */
std::size_t outputCount(const Signature& signature) {
  const auto &cv = signature.cv.shape, &jacobian = signature.jacobian->shape;
  std::int64_t k = cv.size() == 2 ? cv[1] : -1;
  if (k < 1 && jacobian.size() == 3) k = jacobian[1];
  if (k < 1)
    throw badModel("expected output '" + signature.cv.name + "' to have the shape [n, k] with a known k");
  return static_cast<std::size_t>(k);
}

int computable(const ValueInfo& info) {
  if (info.elementType != ort::floatElements && info.elementType != ort::doubleElements)
    throw badModel("expected float or double for '" + info.name + "' but its element type is " +
                   std::to_string(info.elementType));
  return info.elementType;
}

class OnnxRuntimeEvaluator : public Evaluator {
 public:
  OnnxRuntimeEvaluator(const OnnxFile& file, const Signature& signature)
      : d_(signature.inputs),
        k_(outputCount(signature)),
        names_{signature.input.name, signature.cv.name, signature.jacobian->name},
        x_(computable(signature.input), {1, size(d_)}),
        cv_(computable(signature.cv), {1, size(k_)}),
        jacobian_(computable(*signature.jacobian), {1, size(k_), size(d_)}) {
    Handle<ort::SessionOptions, ort::ReleaseSessionOptions> options;
    configure(options.out());
    // from memory: the bytes we checked are the bytes it reads, and no path of the file's leads anywhere
    library_.call<ort::CreateSessionFromArray>(library_.environment(),
                                               static_cast<const void*>(file.bytes.data()), file.bytes.size(),
                                               options.get(), session_.out());
  }

  std::size_t inputs() const override { return d_; }
  std::size_t outputs() const override { return k_; }

  void evaluate(const double* x, double* cv, double* jacobian) override {
    x_.set(x);
    const char* inputNames[] = {names_[0].c_str()};
    const char* outputNames[] = {names_[1].c_str(), names_[2].c_str()};
    const ort::Value* inputs[] = {x_.value()};
    ort::Value* outputs[] = {cv_.value(), jacobian_.value()};
    library_.call<ort::Run>(session_.get(), static_cast<const ort::RunOptions*>(nullptr), inputNames, inputs,
                            std::size_t{1}, outputNames, std::size_t{2}, outputs);
    cv_.get(cv);
    if (jacobian) jacobian_.get(jacobian);
  }

  void vectorJacobian(const double* cotangents, double* gradient) override {
    std::fill(gradient, gradient + d_, 0.0);
    for (std::size_t o = 0; o < k_; ++o)
      for (std::size_t i = 0; i < d_; ++i) gradient[i] += cotangents[o] * jacobian_.at(o * d_ + i);
  }

 private:
  static std::int64_t size(std::size_t n) { return static_cast<std::int64_t>(n); }

  /** One thread, the host's, which does not spin. */
  void configure(ort::SessionOptions** out) const {
    library_.call<ort::CreateSessionOptions>(out);
    ort::SessionOptions* options = *out;
    library_.call<ort::SetIntraOpNumThreads>(options, 1);
    library_.call<ort::SetInterOpNumThreads>(options, 1);
    library_.call<ort::SetSessionExecutionMode>(options, ort::sequential);
    library_.call<ort::SetSessionGraphOptimizationLevel>(options, ort::optimizeAll);
    library_.call<ort::SetSessionLogSeverityLevel>(options, ort::logErrors);
    library_.call<ort::AddSessionConfigEntry>(options, "session.intra_op.allow_spinning", "0");
    library_.call<ort::AddSessionConfigEntry>(options, "session.inter_op.allow_spinning", "0");
  }

  const OnnxRuntimeLibrary& library_ = OnnxRuntimeLibrary::instance();
  std::size_t d_, k_;
  std::string names_[3];
  BoundTensor x_, cv_, jacobian_;
  Handle<ort::Session, ort::ReleaseSession> session_;
};

}  // namespace

std::unique_ptr<Evaluator> makeOnnxRuntimeEvaluator(const OnnxFile& file, const Signature& signature) {
  return std::make_unique<OnnxRuntimeEvaluator>(file, signature);
}

std::string onnxRuntimeVersion() { return OnnxRuntimeLibrary::instance().version(); }

}  // namespace latentcv
