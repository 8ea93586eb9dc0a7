#pragma once

#include <algorithm>
#include <cmath>

#include "kernels/kernels.h"
#include "network/layer.h"
#include "network/network.h"

// Layers in which every element of the output depends on every one of the input: reductions and
// normalisations over the features of a frame.
namespace latentcv {

/** A layer of one input, whose reverse goes cotangent by cotangent. */
template <typename T>
class RowLayer : public Layer<T> {
 public:
  RowLayer(Slot<T>& in, Slot<T>& out) : in_(in), out_(out) {}

  void reverse(std::size_t count) override {
    for (std::size_t m = 0; m < count; ++m)
      addBack(out_.adjoints + m * out_.stride, in_.adjoints + m * in_.stride);
  }

 protected:
  /** Adds to `to` [size of in] what flows back from `from` [size of out]. */
  virtual void addBack(const T* from, T* to) const = 0;

  Slot<T>&in_, &out_;
};

template <typename T>
T sumOf(const T* values, std::size_t count) {
  T sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += values[i];
  return sum;
}

template <typename T>
T sumOfProducts(const T* a, const T* b, std::size_t count) {
  T sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += a[i] * b[i];
  return sum;
}

/** factor · Σ x */
template <typename T>
class Total : public RowLayer<T> {
 public:
  Total(const Step& step, Slot<T>& in, Slot<T>& out)
      : RowLayer<T>(in, out), factor_(static_cast<T>(step.alpha)) {}

  void forward() override { out_.value[0] = factor_ * sumOf(in_.value, in_.size); }

 private:
  using RowLayer<T>::in_;
  using RowLayer<T>::out_;

  void addBack(const T* from, T* to) const override {
    const T g = factor_ * from[0];
    for (std::size_t i = 0; i < in_.size; ++i) to[i] += g;
  }

  T factor_;
};

/** |x|, whose derivative at 0, where it has none, is taken to be 0. */
template <typename T>
class Length : public RowLayer<T> {
 public:
  using RowLayer<T>::RowLayer;

  void forward() override {
    const T* x = in_.value;
    out_.value[0] = std::sqrt(sumOfProducts(x, x, in_.size));
  }

 private:
  using RowLayer<T>::in_;
  using RowLayer<T>::out_;

  void addBack(const T* from, T* to) const override {
    const T length = out_.value[0], g = length > 0 ? from[0] / length : T(0);
    for (std::size_t i = 0; i < in_.size; ++i) to[i] += g * in_.value[i];
  }
};

/**
 * The largest element where `alpha` is 1, the smallest where it is -1; equal ones share, as in torch.amax.
 */
template <typename T>
class Largest : public RowLayer<T> {
 public:
  Largest(const Step& step, Slot<T>& in, Slot<T>& out) : RowLayer<T>(in, out), smallest_(step.alpha < 0) {}

  void forward() override {
    T found = in_.value[0];
    for (std::size_t i = 1; i < in_.size; ++i) {
      const T x = in_.value[i];
      // NaN stays NaN
      if ((smallest_ ? x < found : x > found) || x != x) found = x;
    }
    out_.value[0] = found;
  }

 private:
  using RowLayer<T>::in_;
  using RowLayer<T>::out_;

  void addBack(const T* from, T* to) const override {
    const T *x = in_.value, found = out_.value[0];
    const T share = from[0] / static_cast<T>(std::count(x, x + in_.size, found));
    for (std::size_t i = 0; i < in_.size; ++i)
      if (x[i] == found) to[i] += share;
  }

  bool smallest_;
};

/** y = exp(x) / Σ exp(x), shifted by the largest x so that nothing overflows; returns log Σ exp(x). */
template <typename T>
T softmax(const T* x, T* y, std::size_t count) {
  const T largest = *std::max_element(x, x + count);
  for (std::size_t i = 0; i < count; ++i) y[i] = std::exp(x[i] - largest);
  const T sum = sumOf(y, count);
  for (std::size_t i = 0; i < count; ++i) y[i] /= sum;
  return largest + std::log(sum);
}

template <typename T>
class Softmax : public RowLayer<T> {
 public:
  using RowLayer<T>::RowLayer;

  void forward() override { softmax(in_.value, out_.value, out_.size); }

 private:
  using RowLayer<T>::in_;
  using RowLayer<T>::out_;

  void addBack(const T* from, T* to) const override {
    const T* y = out_.value;
    const T mean = sumOfProducts(from, y, out_.size);
    for (std::size_t i = 0; i < out_.size; ++i) to[i] += y[i] * (from[i] - mean);
  }
};

template <typename T>
class LogSoftmax : public RowLayer<T> {
 public:
  LogSoftmax(Slot<T>& in, Slot<T>& out) : RowLayer<T>(in, out), weights_(padded<T>(out.size), T(0)) {}

  void forward() override {
    const T shift = softmax(in_.value, weights_.data(), out_.size);
    for (std::size_t i = 0; i < out_.size; ++i) out_.value[i] = in_.value[i] - shift;
  }

 private:
  using RowLayer<T>::in_;
  using RowLayer<T>::out_;

  void addBack(const T* from, T* to) const override {
    const T sum = sumOf(from, out_.size);
    for (std::size_t i = 0; i < out_.size; ++i) to[i] += from[i] - weights_[i] * sum;
  }

  Buffer<T> weights_;
};

/** (x − mean) / √(variance + epsilon), the heart of layer normalisation. */
template <typename T>
class Normalize : public RowLayer<T> {
 public:
  Normalize(const Step& step, Slot<T>& in, Slot<T>& out)
      : RowLayer<T>(in, out), epsilon_(static_cast<T>(step.alpha)), count_(static_cast<T>(out.size)) {}

  void forward() override {
    const T mean = sumOf(in_.value, in_.size) / count_;
    T* y = out_.value;
    for (std::size_t i = 0; i < out_.size; ++i) y[i] = in_.value[i] - mean;
    factor_ = 1 / std::sqrt(sumOfProducts(y, y, out_.size) / count_ + epsilon_);
    for (std::size_t i = 0; i < out_.size; ++i) y[i] *= factor_;
  }

 private:
  using RowLayer<T>::in_;
  using RowLayer<T>::out_;

  void addBack(const T* from, T* to) const override {
    const T* y = out_.value;
    const T mean = sumOf(from, out_.size) / count_, slope = sumOfProducts(from, y, out_.size) / count_;
    for (std::size_t i = 0; i < out_.size; ++i) to[i] += factor_ * (from[i] - mean - y[i] * slope);
  }

  T epsilon_, count_, factor_ = 0;
};

}  // namespace latentcv
