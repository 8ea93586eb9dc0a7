#include "positions.h"

#include <algorithm>
#include <cmath>

#include "latentcv/descriptors.h"
#include "translate.h"

namespace {

/** Positions [atoms, 3] or a box [3, 3]: finite numbers, so many or a multiple of three. */
Napi::Float64Array doublesOf(const Napi::Value& value, const char* what, std::size_t count) {
  const bool doubles =
      value.IsTypedArray() && value.As<Napi::TypedArray>().TypedArrayType() == napi_float64_array;
  if (!doubles)
    throw latentcv::Error(latentcv::ErrorCode::badArgument,
                          std::string("expected a Float64Array for ") + what);
  const auto array = value.As<Napi::Float64Array>();
  const std::size_t length = array.ElementLength();
  if (count == 0 ? length % 3 != 0 : length != count)
    throw latentcv::Error(latentcv::ErrorCode::badArgument,
                          "expected " +
                              (count == 0 ? std::string("a multiple of 3") : std::to_string(count)) +
                              " numbers for " + what + " but received " + std::to_string(length));
  const double *first = array.Data(), *end = first + length;
  if (!std::all_of(first, end, [](double number) { return std::isfinite(number); }))
    throw latentcv::Error(latentcv::ErrorCode::badData, std::string("expected finite ") + what);
  return array;
}

/** ({ descriptors, references, points?, minimumImage }, positions [atoms, 3], box [3, 3] or undefined) → values */
Napi::Value evaluateDescriptors(const Napi::CallbackInfo& info) {
  return translate(info.Env(), [&] {
    const auto object = info[0].As<Napi::Object>();
    const Napi::Float64Array positions = doublesOf(info[1], "positions", 0);
    const bool boxed = !info[2].IsUndefined();
    const latentcv::Box box =
        boxed ? latentcv::Box(doublesOf(info[2], "the box", 9).Data()) : latentcv::Box();
    const auto points = object.Get("points");
    latentcv::Descriptors descriptors(stringsOf(object.Get("descriptors")), positions.ElementLength() / 3,
                                      object.Get("minimumImage").ToBoolean(),
                                      stringsOf(object.Get("references")),
                                      points.IsArray() ? stringsOf(points) : std::vector<std::string>());
    auto values = Napi::Float64Array::New(info.Env(), descriptors.count());
    descriptors.evaluate(positions.Data(), box, values.Data());
    return Napi::Value(values);
  });
}

}  // namespace

void definePositions(Napi::Env env, Napi::Object exports) {
  exports.Set("evaluateDescriptors", Napi::Function::New(env, evaluateDescriptors));
}
