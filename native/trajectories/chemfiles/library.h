#pragma once

#include <memory>
#include <string>
#include <type_traits>

#include "chemfiles/api.h"

namespace latentcv {
namespace chfl {

/**
 * Address of a function of the loaded library. Throws Error `missingTool` where
 * it is not loaded or has no such.
 */
void* address(const char* symbol);

/** A function of the library, found once. */
template <typename Entry>
typename Entry::Function function() {
  static const auto found = reinterpret_cast<typename Entry::Function>(address(Entry::symbol));
  return found;
}

/** Throws Error `badData` with the library's message. */
[[noreturn]] void fail();

/** Calls a function that returns a status; throws Error `badData` where it fails. */
template <typename Entry, typename... Arguments>
void call(Arguments... arguments) {
  if (function<Entry>()(arguments...) != 0) fail();
}

struct Free {
  void operator()(const void* object) const { function<free>()(object); }
};

struct Close {
  void operator()(const Trajectory* trajectory) const { function<trajectory_close>()(trajectory); }
};

/** An object of the library, given back with its owner. */
template <typename Object>
using Owned = std::unique_ptr<Object, Free>;

/** Calls a function that returns an object; throws Error `badData` where it gives none. */
template <typename Entry, typename... Arguments>
auto make(Arguments... arguments) {
  auto* object = function<Entry>()(arguments...);
  if (!object) fail();
  return Owned<std::remove_pointer_t<decltype(object)>>(object);
}

/** Text of a function that fills a buffer. */
template <typename Entry, typename Object>
std::string text(const Object* object) {
  char buffer[256] = {};
  call<Entry>(object, buffer, Count{sizeof buffer});
  return buffer;
}

}  // namespace chfl
}  // namespace latentcv
