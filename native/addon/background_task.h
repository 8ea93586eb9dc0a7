#pragma once

#include <memory>

#include "translate.h"

/** Work on a thread of Node's pool; its result, or its error, settles a promise. */
template <typename Result>
class BackgroundTask : public Napi::AsyncWorker {
 public:
  using Work = std::function<Result()>;
  using Convert = std::function<Napi::Value(Napi::Env, Result&)>;

  /** `work` must own what it needs; `convert` runs on the JavaScript thread. */
  static Napi::Value start(Napi::Env env, Work work, Convert convert) {
    auto* task = new BackgroundTask(env, std::move(work), std::move(convert));
    const Napi::Promise promise = task->deferred_.Promise();
    task->Queue();
    return promise;
  }

 private:
  BackgroundTask(Napi::Env env, Work work, Convert convert)
      : Napi::AsyncWorker(env), deferred_(env), work_(std::move(work)), convert_(std::move(convert)) {}

  void Execute() override {
    try {
      result_ = std::make_unique<Result>(work_());
    } catch (const latentcv::Error& error) {
      code_ = error.code();
      SetError(error.what());
    } catch (const std::exception& error) {
      SetError(meaningOf(error));
    }
  }

  void OnOK() override {
    try {
      deferred_.Resolve(convert_(Env(), *result_));
    } catch (const Napi::Error& error) {
      deferred_.Reject(error.Value());
    } catch (const std::exception& error) {
      deferred_.Reject(javascriptError(Env(), meaningOf(error), code_).Value());
    }
  }

  void OnError(const Napi::Error& error) override {
    deferred_.Reject(javascriptError(Env(), error.Message(), code_).Value());
  }

  Napi::Promise::Deferred deferred_;
  Work work_;
  Convert convert_;
  std::unique_ptr<Result> result_;
  latentcv::ErrorCode code_ = latentcv::ErrorCode::badData;
};
