#pragma once

#include "runtime/library.h"

namespace latentcv {

/** An object of ONNX Runtime that is released with its owner. */
template <typename Object, typename Release>
class Handle {
 public:
  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (object_) OnnxRuntimeLibrary::instance().release<Release>(object_);
  }
  Object* get() const { return object_; }
  Object** out() { return &object_; }

 private:
  Object* object_ = nullptr;
};

}  // namespace latentcv
