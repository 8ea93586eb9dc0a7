#include "network/native_evaluator.h"

#include <algorithm>

#include "kernels/kernels.h"
#include "network/layers.h"

namespace latentcv {
namespace {

template <typename T>
class NativeEvaluator : public Evaluator {
 public:
  explicit NativeEvaluator(const Network& network)
      : slots_(network.sizes.size()), input_(slots_.front()), output_(slots_[network.output]) {
    allocate(network);
    for (const Step& step : network.steps) layers_.push_back(makeLayer<T>(step, slots_));
  }

  std::size_t inputs() const override { return input_.size; }
  std::size_t outputs() const override { return output_.size; }
  bool singlePrecision() const override { return sizeof(T) < sizeof(double); }

  void evaluate(const double* x, double* cv, double* jacobian) override {
    std::transform(x, x + input_.size, input_.value, [](double value) { return static_cast<T>(value); });
    for (const auto& layer : layers_) layer->forward();
    std::copy_n(output_.value, output_.size, cv);
    if (!jacobian) return;
    clearAdjoints(output_.size);
    for (std::size_t i = 0; i < output_.size; ++i) output_.adjoints[i * output_.stride + i] = 1;
    reverse(output_.size, jacobian);
  }

  void vectorJacobian(const double* cotangents, double* gradient) override {
    clearAdjoints(1);
    for (std::size_t i = 0; i < output_.size; ++i) output_.adjoints[i] = static_cast<T>(cotangents[i]);
    reverse(1, gradient);
  }

 private:
  // Values of all slots lie in a row, and so do the adjoints for one output, to be cleared in one go.
  void allocate(const Network& network) {
    // folded steps leave slots behind that nothing writes
    std::vector<bool> used(slots_.size(), false);
    used.front() = true;
    for (const Step& step : network.steps) used[step.output] = true;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      if (!used[i]) continue;
      slots_[i].size = network.sizes[i];
      stride_ += padded<T>(network.sizes[i]);
    }
    values_.assign(stride_, T(0));
    adjoints_.assign(network.sizes[network.output] * stride_, T(0));
    std::size_t start = 0;
    for (Slot<T>& slot : slots_) {
      slot.stride = stride_;
      slot.value = values_.data() + start;
      slot.adjoints = adjoints_.data() + start;
      start += padded<T>(slot.size);
    }
  }

  void clearAdjoints(std::size_t count) { std::fill_n(adjoints_.begin(), count * stride_, T(0)); }

  void reverse(std::size_t count, double* gradients) {
    for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) (*layer)->reverse(count);
    for (std::size_t m = 0; m < count; ++m)
      std::copy_n(input_.adjoints + m * input_.stride, input_.size, gradients + m * input_.size);
  }

  Buffer<T> values_, adjoints_;
  std::size_t stride_ = 0;
  std::vector<Slot<T>> slots_;
  Slot<T>&input_, &output_;
  std::vector<std::unique_ptr<Layer<T>>> layers_;
};

}  // namespace

template <typename T>
std::unique_ptr<Evaluator> makeNativeEvaluator(const Network& network) {
  return std::make_unique<NativeEvaluator<T>>(network);
}

template std::unique_ptr<Evaluator> makeNativeEvaluator<float>(const Network&);
template std::unique_ptr<Evaluator> makeNativeEvaluator<double>(const Network&);

const char* vectorWidth() { return kernels<double>().name; }

}  // namespace latentcv
