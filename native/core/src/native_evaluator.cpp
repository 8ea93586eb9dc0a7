#include "native_evaluator.h"

#include <algorithm>

#include "layers.h"

namespace latentcv {
namespace {

template <typename T>
class NativeEvaluator : public Evaluator {
 public:
  explicit NativeEvaluator(const Network& network)
      : slots_(network.sizes.size()), input_(slots_.front()), output_(slots_[network.output]) {
    const std::size_t k = network.sizes[network.output];
    slots_.front().allocate(network.sizes.front(), k);
    for (const Step& step : network.steps) slots_[step.output].allocate(network.sizes[step.output], k);
    for (const Step& step : network.steps) layers_.push_back(makeLayer<T>(step, slots_));
  }

  std::size_t inputs() const override { return input_.size; }
  std::size_t outputs() const override { return output_.size; }

  void evaluate(const double* x, double* cv, double* jacobian) override {
    std::transform(x, x + input_.size, input_.value.begin(),
                   [](double value) { return static_cast<T>(value); });
    for (const auto& layer : layers_) layer->forward();
    std::copy(output_.value.begin(), output_.value.begin() + output_.size, cv);
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
  void clearAdjoints(std::size_t count) {
    for (Slot<T>& slot : slots_) std::fill_n(slot.adjoints.begin(), count * slot.stride, T(0));
  }

  void reverse(std::size_t count, double* gradients) {
    for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) (*layer)->reverse(count);
    for (std::size_t m = 0; m < count; ++m)
      std::copy_n(input_.adjoints.begin() + m * input_.stride, input_.size, gradients + m * input_.size);
  }

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
