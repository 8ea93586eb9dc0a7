#include "network/layers.h"

#include <algorithm>

#include "latentcv/error.h"
#include "network/activations.h"
#include "network/row_layers.h"
#include "network/selection_layers.h"

namespace latentcv {
namespace {

template <typename T>
Buffer<T> paddedCopy(const std::vector<double>& values) {
  Buffer<T> copy(padded<T>(values.size()), T(0));
  std::transform(values.begin(), values.end(), copy.begin(),
                 [](double value) { return static_cast<T>(value); });
  return copy;
}

template <typename T>
class Affine : public Layer<T> {
 public:
  Affine(const Step& step, Slot<T>& in, Slot<T>& out)
      : in_(in),
        out_(out),
        matrix_(pack(kernels<T>(), step.matrix, out.size, in.size)),
        shift_(paddedCopy<T>(step.shift)) {}

  void forward() override { kernels<T>().multiply(view(matrix_), shift_.data(), in_.value, out_.value); }

  void reverse(std::size_t count) override {
    kernels<T>().addTransposed(view(matrix_), count, out_.adjoints, out_.stride, in_.adjoints, in_.stride);
  }

 private:
  Slot<T>&in_, &out_;
  BlockedMatrix<T> matrix_;
  Buffer<T> shift_;
};

/** Adds factor ∘ (adjoints of `from`) to the adjoints of `to`; both have the same size. */
template <typename T>
void addScaled(std::size_t count, const Slot<T>& from, const T* factor, Slot<T>& to) {
  kernels<T>().addProducts(count, from.size, factor, from.adjoints, to.adjoints, from.stride);
}

template <typename T>
void addAdjoints(std::size_t count, const Slot<T>& from, Slot<T>& to) {
  for (std::size_t m = 0; m < count; ++m) {
    const T* g = from.adjoints + m * from.stride;
    T* out = to.adjoints + m * to.stride;
    for (std::size_t i = 0; i < from.size; ++i) out[i] += g[i];
  }
}

template <typename T>
class ScaleShift : public Layer<T> {
 public:
  ScaleShift(const Step& step, Slot<T>& in, Slot<T>& out)
      : in_(in), out_(out), scale_(paddedCopy<T>(step.scale)), shift_(paddedCopy<T>(step.shift)) {}

  void forward() override {
    for (std::size_t i = 0; i < out_.size; ++i) out_.value[i] = scale_[i] * in_.value[i] + shift_[i];
  }

  void reverse(std::size_t count) override { addScaled(count, out_, scale_.data(), in_); }

 private:
  Slot<T>&in_, &out_;
  Buffer<T> scale_, shift_;
};

ElementwiseFunction<float> functionOf(const ActivationKind& kind, float) { return kind.inFloat; }
ElementwiseFunction<double> functionOf(const ActivationKind& kind, double) { return kind.inDouble; }

template <typename T>
class Activation : public Layer<T> {
 public:
  Activation(const Step& step, Slot<T>& in, Slot<T>& out)
      : in_(in),
        out_(out),
        alpha_(static_cast<T>(step.alpha)),
        gamma_(static_cast<T>(step.gamma)),
        unbounded_(hasUnboundedDerivative(step.function)) {
    derivative_.assign(padded<T>(out.size), T(0));
    for (const ActivationKind& kind : activationKinds)
      if (step.function == kind.name) function_ = functionOf(kind, T());
    const Kernels<T>& set = kernels<T>();
    for (std::size_t i = 0; i < set.functionCount; ++i)
      if (step.function == set.functions[i].name) function_ = set.functions[i].function;
    if (!function_) throw badModel("no native evaluation of " + step.function);
  }

  void forward() override { function_(in_.value, out_.value, derivative_.data(), out_.size, alpha_, gamma_); }

  void reverse(std::size_t count) override {
    if (unbounded_ && !allFinite())
      addWhereWanted(count);
    else
      addScaled(count, out_, derivative_.data(), in_);
  }

 private:
  bool allFinite() const {
    return std::all_of(derivative_.begin(), derivative_.end(), [](T d) { return std::isfinite(d); });
  }

  /** Nothing flows back to what was not chosen, or has no weight, though its derivative be infinite. */
  void addWhereWanted(std::size_t count) {
    for (std::size_t m = 0; m < count; ++m) {
      const T* g = out_.adjoints + m * out_.stride;
      T* to = in_.adjoints + m * in_.stride;
      for (std::size_t i = 0; i < out_.size; ++i)
        if (g[i] != 0) to[i] += g[i] * derivative_[i];
    }
  }

  Slot<T>&in_, &out_;
  T alpha_, gamma_;
  bool unbounded_;
  ElementwiseFunction<T> function_ = nullptr;
  Buffer<T> derivative_;
};

template <typename T>
class Clamp : public Layer<T> {
 public:
  Clamp(const Step& step, Slot<T>& in, Slot<T>& out)
      : in_(in),
        out_(out),
        lower_(paddedCopy<T>(step.scale)),
        upper_(paddedCopy<T>(step.shift)),
        atBounds_(static_cast<T>(step.alpha)) {
    derivative_.assign(padded<T>(out.size), T(0));
  }

  void forward() override {
    for (std::size_t i = 0; i < out_.size; ++i) {
      const T x = in_.value[i], raised = x < lower_[i] ? lower_[i] : x;
      out_.value[i] = raised > upper_[i] ? upper_[i] : raised;
      const bool inside = x > lower_[i] && x < upper_[i], outside = x < lower_[i] || x > upper_[i];
      derivative_[i] = inside ? T(1) : outside ? T(0) : atBounds_;
    }
  }

  void reverse(std::size_t count) override { addScaled(count, out_, derivative_.data(), in_); }

 private:
  Slot<T>&in_, &out_;
  Buffer<T> lower_, upper_, derivative_;
  T atBounds_;
};

template <typename T>
class Sum : public Layer<T> {
 public:
  Sum(Slot<T>& left, Slot<T>& right, Slot<T>& out) : left_(left), right_(right), out_(out) {}

  void forward() override {
    for (std::size_t i = 0; i < out_.size; ++i) out_.value[i] = left_.value[i] + right_.value[i];
  }

  void reverse(std::size_t count) override {
    addAdjoints(count, out_, left_);
    addAdjoints(count, out_, right_);
  }

 private:
  Slot<T>&left_, &right_, &out_;
};

template <typename T>
class Product : public Layer<T> {
 public:
  Product(Slot<T>& left, Slot<T>& right, Slot<T>& out) : left_(left), right_(right), out_(out) {}

  void forward() override {
    for (std::size_t i = 0; i < out_.size; ++i) out_.value[i] = left_.value[i] * right_.value[i];
  }

  void reverse(std::size_t count) override {
    addScaled(count, out_, right_.value, left_);
    addScaled(count, out_, left_.value, right_);
  }

 private:
  Slot<T>&left_, &right_, &out_;
};

}  // namespace

template <typename T>
std::unique_ptr<Layer<T>> makeLayer(const Step& step, std::vector<Slot<T>>& slots) {
  Slot<T>&in = slots[step.inputs.front()], &last = slots[step.inputs.back()], &out = slots[step.output];
  switch (step.kind) {
    case StepKind::affine:
      return std::make_unique<Affine<T>>(step, in, out);
    case StepKind::scaleShift:
      return std::make_unique<ScaleShift<T>>(step, in, out);
    case StepKind::activation:
      return std::make_unique<Activation<T>>(step, in, out);
    case StepKind::clamp:
      return std::make_unique<Clamp<T>>(step, in, out);
    case StepKind::sum:
      return std::make_unique<Sum<T>>(in, last, out);
    case StepKind::product:
      return std::make_unique<Product<T>>(in, last, out);
    case StepKind::larger:
      return std::make_unique<Larger<T>>(step, in, last, out);
    case StepKind::select:
      return std::make_unique<Select<T>>(step, in, out);
    case StepKind::choose:
      return std::make_unique<Choose<T>>(in, slots[step.inputs[1]], last, out);
    case StepKind::concat:
      return std::make_unique<Concat<T>>(step, slots, out);
    case StepKind::total:
      return std::make_unique<Total<T>>(step, in, out);
    case StepKind::length:
      return std::make_unique<Length<T>>(in, out);
    case StepKind::largest:
      return std::make_unique<Largest<T>>(step, in, out);
    case StepKind::softmax:
      return std::make_unique<Softmax<T>>(in, out);
    case StepKind::logSoftmax:
      return std::make_unique<LogSoftmax<T>>(in, out);
    case StepKind::normalize:
      return std::make_unique<Normalize<T>>(step, in, out);
  }
  throw badModel("no native evaluation of this step");
}

template std::unique_ptr<Layer<float>> makeLayer<float>(const Step&, std::vector<Slot<float>>&);
template std::unique_ptr<Layer<double>> makeLayer<double>(const Step&, std::vector<Slot<double>>&);

}  // namespace latentcv
