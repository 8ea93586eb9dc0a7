#include "runtime/evaluator.h"

#include <algorithm>

#include "latentcv/error.h"
#include "runtime/tensor.h"

namespace latentcv {
namespace {

std::int64_t size(std::size_t n) { return static_cast<std::int64_t>(n); }

/** k, which a session cannot tell us before it runs. */
std::size_t width(const Differentiable& output) {
  const auto &value = output.value->shape, &derivatives = output.derivatives->shape;
  std::int64_t k = value.size() == 2 ? value[1] : -1;
  if (k < 1 && derivatives.size() == 3) k = derivatives[1];
  if (k < 1)
    throw badModel("expected output '" + output.value->name + "' to have the shape [n, k] with a known k");
  return static_cast<std::size_t>(k);
}

int computable(const ValueInfo& info) {
  if (info.elementType != ort::floatElements && info.elementType != ort::doubleElements)
    throw badModel("expected float or double for '" + info.name + "' but its element type is " +
                   std::to_string(info.elementType));
  return info.elementType;
}

/** The file in ONNX Runtime. */
class Session {
 public:
  Session(const OnnxFile& file, const OnnxRuntimeOptions& wanted) {
    Handle<ort::SessionOptions, ort::ReleaseSessionOptions> options;
    library_.call<ort::CreateSessionOptions>(options.out());
    configure(options.get(), wanted.threads);
    if (wanted.cuda) appendCudaProvider(options.get());
    // from memory: the bytes we checked are the bytes it reads, and no path of the file's leads anywhere
    library_.call<ort::CreateSessionFromArray>(library_.environment(),
                                               static_cast<const void*>(file.bytes.data()), file.bytes.size(),
                                               options.get(), session_.out());
  }

  ort::Session* get() const { return session_.get(); }

 private:
  /** Threads that do not spin: what the host has them for is its own steps. */
  void configure(ort::SessionOptions* options, unsigned threads) const {
    library_.call<ort::SetIntraOpNumThreads>(options, static_cast<int>(threads));
    library_.call<ort::SetInterOpNumThreads>(options, 1);
    library_.call<ort::SetSessionExecutionMode>(options, ort::sequential);
    library_.call<ort::SetSessionGraphOptimizationLevel>(options, ort::optimizeAll);
    library_.call<ort::SetSessionLogSeverityLevel>(options, ort::logErrors);
    library_.call<ort::AddSessionConfigEntry>(options, "session.intra_op.allow_spinning", "0");
    library_.call<ort::AddSessionConfigEntry>(options, "session.inter_op.allow_spinning", "0");
  }

  const OnnxRuntimeLibrary& library_ = OnnxRuntimeLibrary::instance();
  Handle<ort::Session, ort::ReleaseSession> session_;
};

/** An output and its derivatives. */
struct BoundOutput {
  std::size_t width;
  BoundTensor value, derivatives;

  BoundOutput(const TensorMemory& memory, const Differentiable& output, std::size_t d)
      : width(latentcv::width(output)),
        value(memory, computable(*output.value), {1, size(width)}),
        derivatives(memory, computable(*output.derivatives), {1, size(width), size(d)}) {}
};

class OnnxRuntimeEvaluator : public Evaluator {
 public:
  OnnxRuntimeEvaluator(const OnnxFile& file, const Signature& signature,
                       const std::vector<Differentiable>& outputs, const OnnxRuntimeOptions& options)
      : d_(signature.inputs),
        session_(file, options),
        memory_(options.cuda ? cudaMemory(session_.get()) : hostMemory()),
        x_(*memory_, computable(*signature.input), {1, size(d_)}) {
    library_.call<ort::CreateIoBinding>(session_.get(), binding_.out());
    library_.call<ort::BindInput>(binding_.get(), signature.input->name.c_str(),
                                  static_cast<const ort::Value*>(x_.value()));
    for (const Differentiable& output : outputs) {
      outputs_.push_back(std::make_unique<BoundOutput>(*memory_, output, d_));
      k_ += outputs_.back()->width;
      bindOutput(*output.value, outputs_.back()->value);
      bindOutput(*output.derivatives, outputs_.back()->derivatives);
    }
  }

  std::size_t inputs() const override { return d_; }
  std::size_t outputs() const override { return k_; }
  bool singlePrecision() const override { return x_.singlePrecision(); }

  void evaluate(const double* x, double* values, double* jacobian) override {
    x_.set(x);
    library_.call<ort::RunWithBinding>(session_.get(), static_cast<const ort::RunOptions*>(nullptr),
                                       static_cast<const ort::IoBinding*>(binding_.get()));
    for (const auto& output : outputs_) {
      output->value.fetch();
      output->derivatives.fetch();
      output->value.get(values);
      values += output->width;
      if (!jacobian) continue;
      output->derivatives.get(jacobian);
      jacobian += output->width * d_;
    }
  }

  void vectorJacobian(const double* cotangents, double* gradient) override {
    std::fill(gradient, gradient + d_, 0.0);
    for (const auto& output : outputs_)
      for (std::size_t o = 0; o < output->width; ++o, ++cotangents)
        for (std::size_t i = 0; i < d_; ++i) gradient[i] += *cotangents * output->derivatives.at(o * d_ + i);
  }

 private:
  void bindOutput(const ValueInfo& info, const BoundTensor& tensor) const {
    library_.call<ort::BindOutput>(binding_.get(), info.name.c_str(),
                                   static_cast<const ort::Value*>(tensor.value()));
  }

  const OnnxRuntimeLibrary& library_ = OnnxRuntimeLibrary::instance();
  std::size_t d_, k_ = 0;
  // in the order in which they need each other
  Session session_;
  std::unique_ptr<TensorMemory> memory_;
  BoundTensor x_;
  std::vector<std::unique_ptr<BoundOutput>> outputs_;
  Handle<ort::IoBinding, ort::ReleaseIoBinding> binding_;
};

}  // namespace

std::unique_ptr<Evaluator> makeOnnxRuntimeEvaluator(const OnnxFile& file, const Signature& signature,
                                                    const std::vector<Differentiable>& outputs,
                                                    const OnnxRuntimeOptions& options) {
  for (const Differentiable& output : outputs)
    if (!output.derivatives)
      throw badModel("expected the derivatives of output '" + output.value->name +
                     "' in the file, which ONNX Runtime needs, but they are not there");
  return std::make_unique<OnnxRuntimeEvaluator>(file, signature, outputs, options);
}

std::string onnxRuntimeVersion() { return OnnxRuntimeLibrary::instance().version(); }

}  // namespace latentcv
