#pragma once

#include <algorithm>

#include "kernels/kernels.h"
#include "network/layer.h"
#include "network/network.h"

// Layers that only move numbers.
namespace latentcv {

/** Elements of a vector: a slice, single ones in any order, or one of them many times over. */
template <typename T>
class Select : public Layer<T> {
 public:
  Select(const Step& step, Slot<T>& in, Slot<T>& out) : in_(in), out_(out), indices_(step.indices) {
    const std::size_t first = indices_.front();
    consecutive_ = repeated_ = true;
    for (std::size_t i = 0; i < indices_.size(); ++i) {
      consecutive_ = consecutive_ && indices_[i] == first + i;
      repeated_ = repeated_ && indices_[i] == first;
    }
  }

  void forward() override {
    const T* from = in_.value + indices_.front();
    if (consecutive_)
      std::copy_n(from, out_.size, out_.value);
    else if (repeated_)
      std::fill_n(out_.value, out_.size, *from);
    else
      for (std::size_t i = 0; i < out_.size; ++i) out_.value[i] = in_.value[indices_[i]];
  }

  void reverse(std::size_t count) override {
    for (std::size_t m = 0; m < count; ++m)
      addBack(out_.adjoints + m * out_.stride, in_.adjoints + m * in_.stride);
  }

 private:
  void addBack(const T* from, T* to) const {
    const std::size_t first = indices_.front();
    if (consecutive_) {
      for (std::size_t i = 0; i < out_.size; ++i) to[first + i] += from[i];
    } else if (repeated_) {
      T sum = 0;
      for (std::size_t i = 0; i < out_.size; ++i) sum += from[i];
      to[first] += sum;
    } else {
      for (std::size_t i = 0; i < out_.size; ++i) to[indices_[i]] += from[i];
    }
  }

  Slot<T>&in_, &out_;
  std::vector<std::size_t> indices_;
  bool consecutive_, repeated_;
};

/** One vector's elements where a mask is not 0, another's where it is. */
template <typename T>
class Choose : public Layer<T> {
 public:
  Choose(Slot<T>& mask, Slot<T>& chosen, Slot<T>& other, Slot<T>& out)
      : mask_(mask), chosen_(chosen), other_(other), out_(out) {}

  void forward() override {
    for (std::size_t i = 0; i < out_.size; ++i)
      out_.value[i] = mask_.value[i] != 0 ? chosen_.value[i] : other_.value[i];
  }

  void reverse(std::size_t count) override {
    for (std::size_t m = 0; m < count; ++m) {
      const T* from = out_.adjoints + m * out_.stride;
      for (std::size_t i = 0; i < out_.size; ++i) {
        Slot<T>& to = mask_.value[i] != 0 ? chosen_ : other_;
        to.adjoints[m * to.stride + i] += from[i];
      }
    }
  }

 private:
  Slot<T>&mask_, &chosen_, &other_, &out_;
};

/**
 * The larger of each two elements where `alpha` is 1, the smaller where it is -1. Equal ones share the
 * derivative, as in torch.maximum. NaN stays NaN.
 */
template <typename T>
class Larger : public Layer<T> {
 public:
  Larger(const Step& step, Slot<T>& left, Slot<T>& right, Slot<T>& out)
      : sign_(static_cast<T>(step.alpha)), left_(left), right_(right), out_(out) {
    toLeft_.assign(padded<T>(out.size), T(0));
    toRight_ = toLeft_;
  }

  void forward() override {
    for (std::size_t i = 0; i < out_.size; ++i) {
      const T left = left_.value[i], right = right_.value[i], ahead = sign_ * left - sign_ * right;
      toLeft_[i] = left == right ? T(0.5) : ahead > 0 ? T(1) : T(0);
      toRight_[i] = 1 - toLeft_[i];
      out_.value[i] = ahead > 0 || left != left ? left : right;
    }
  }

  void reverse(std::size_t count) override {
    kernels<T>().addProducts(count, out_.size, toLeft_.data(), out_.adjoints, left_.adjoints, out_.stride);
    kernels<T>().addProducts(count, out_.size, toRight_.data(), out_.adjoints, right_.adjoints, out_.stride);
  }

 private:
  T sign_;
  Slot<T>&left_, &right_, &out_;
  Buffer<T> toLeft_, toRight_;
};

/** Vectors one after the other. */
template <typename T>
class Concat : public Layer<T> {
 public:
  Concat(const Step& step, std::vector<Slot<T>>& slots, Slot<T>& out) : out_(out) {
    for (std::size_t slot : step.inputs) parts_.push_back(&slots[slot]);
  }

  void forward() override {
    T* to = out_.value;
    for (const Slot<T>* part : parts_) to = std::copy_n(part->value, part->size, to);
  }

  void reverse(std::size_t count) override {
    for (std::size_t m = 0; m < count; ++m) {
      const T* from = out_.adjoints + m * out_.stride;
      for (Slot<T>* part : parts_) {
        T* to = part->adjoints + m * part->stride;
        for (std::size_t i = 0; i < part->size; ++i) to[i] += from[i];
        from += part->size;
      }
    }
  }

 private:
  std::vector<Slot<T>*> parts_;
  Slot<T>& out_;
};

}  // namespace latentcv
