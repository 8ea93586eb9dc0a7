#pragma once

#include <napi.h>

#include <functional>
#include <new>
#include <string>
#include <vector>

#include "latentcv/error.h"

/** An error of the core as a JavaScript error with the same message and a `code`. */
inline Napi::Error javascriptError(Napi::Env env, const std::string& message, latentcv::ErrorCode code) {
  Napi::Error thrown = Napi::Error::New(env, message);
  thrown.Set("code", Napi::String::New(env, latentcv::name(code)));
  return thrown;
}

/** What an exception means that the core did not throw on purpose. */
inline std::string meaningOf(const std::exception& error) {
  if (dynamic_cast<const std::bad_alloc*>(&error)) return "expected more memory than there is";
  return std::string("the native code stopped: ") + error.what();
}

/** Runs `body`; an error of the core, or of the standard library, becomes a JavaScript error. */
inline Napi::Value translate(Napi::Env env, const std::function<Napi::Value()>& body) {
  try {
    return body();
  } catch (const Napi::Error&) {
    throw;
  } catch (const latentcv::Error& error) {
    throw javascriptError(env, error.what(), error.code());
  } catch (const std::exception& error) {
    throw javascriptError(env, meaningOf(error), latentcv::ErrorCode::badArgument);
  }
}

inline Napi::Array strings(Napi::Env env, const std::vector<std::string>& values) {
  Napi::Array array = Napi::Array::New(env, values.size());
  for (std::size_t i = 0; i < values.size(); ++i) array.Set(static_cast<std::uint32_t>(i), values[i]);
  return array;
}

inline std::vector<std::string> stringsOf(const Napi::Value& value) {
  const auto array = value.As<Napi::Array>();
  std::vector<std::string> list;
  for (std::uint32_t i = 0; i < array.Length(); ++i) list.push_back(array.Get(i).ToString());
  return list;
}
