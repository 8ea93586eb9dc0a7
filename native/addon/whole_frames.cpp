#include "whole_frames.h"

#include <sys/types.h>
#include <unistd.h>

#include <csignal>
#include <numeric>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "latentcv/chemfiles.h"
#include "latentcv/trajectory.h"
#include "translate.h"

namespace {

/** Frames with all their atoms, one by one, on the thread that asks. */
class NativeTrajectory : public Napi::ObjectWrap<NativeTrajectory> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "NativeTrajectory", {InstanceMethod<&NativeTrajectory::read>("read")});
  }

  /** (path, format, perNanometre, atoms): the object has `frames`. */
  explicit NativeTrajectory(const Napi::CallbackInfo& info) : Napi::ObjectWrap<NativeTrajectory>(info) {
    translate(info.Env(), [&] {
      latentcv::TrajectorySource source;
      source.path = info[0].ToString();
      source.format = info[1].ToString();
      source.perNanometre = info[2].ToNumber();
      atoms_.resize(info[3].ToNumber().Uint32Value());
      std::iota(atoms_.begin(), atoms_.end(), std::size_t{0});
      trajectory_ = std::make_unique<latentcv::Trajectory>(source);
      info.This().As<Napi::Object>().Set("frames", static_cast<double>(trajectory_->frames()));
      return info.Env().Undefined();
    });
  }

 private:
  /** (frame) → { positions, box, time, step }; either of the first two may be undefined */
  Napi::Value read(const Napi::CallbackInfo& info) {
    return translate(info.Env(), [&] {
      latentcv::Snapshot snapshot;
      trajectory_->read(info[0].ToNumber().Uint32Value(), atoms_, atoms_.size(), snapshot);
      Napi::Object object = Napi::Object::New(info.Env());
      if (snapshot.hasPositions) object.Set("positions", array(info.Env(), snapshot.positions));
      if (snapshot.hasBox) object.Set("box", array(info.Env(), snapshot.box));
      object.Set("time", snapshot.time);
      object.Set("step", static_cast<double>(snapshot.step));
      return Napi::Value(object);
    });
  }

  template <typename Values>
  static Napi::Float64Array array(Napi::Env env, const Values& values) {
    auto numbers = Napi::Float64Array::New(env, values.size());
    std::copy(values.begin(), values.end(), numbers.Data());
    return numbers;
  }

  std::unique_ptr<latentcv::Trajectory> trajectory_;
  std::vector<std::size_t> atoms_;
};

/** (name of a file) → chemfiles' name of its format, or an empty text */
Napi::Value chemfilesFormatOf(const Napi::CallbackInfo& info) {
  return translate(info.Env(), [&] {
    return Napi::Value(Napi::String::New(info.Env(), latentcv::chemfilesFormatOf(info[0].ToString())));
  });
}

/**
 * (the parent's id) ends this process when the parent ends, however that
 * happens, where the system can do that.
 */
Napi::Value endWithParent(const Napi::CallbackInfo& info) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != static_cast<pid_t>(info[0].ToNumber().Int64Value())) raise(SIGKILL);
#endif
  return info.Env().Undefined();
}

}  // namespace

void defineWholeFrames(Napi::Env env, Napi::Object exports) {
  exports.Set("NativeTrajectory", NativeTrajectory::define(env));
  exports.Set("chemfilesFormatOf", Napi::Function::New(env, chemfilesFormatOf));
  exports.Set("endWithParent", Napi::Function::New(env, endWithParent));
}
