#pragma once

#include "latentcv/error.h"

namespace latentcv {

[[noreturn]] inline void refuseProtobuf() {
  throw badModel("expected an ONNX file but it does not parse: it is damaged, cut short, or of another kind");
}

}  // namespace latentcv

// protozero only asserts some of what it needs of a file (a packed field's length, a tag's range); files are
// input, so here these checks always run and throw. Every inclusion of protozero goes through this header.
#define protozero_assert(condition) ((condition) ? static_cast<void>(0) : ::latentcv::refuseProtobuf())

#include <protozero/exception.hpp>
#include <protozero/pbf_reader.hpp>
#include <protozero/types.hpp>
