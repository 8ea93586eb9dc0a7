// The Node addon: models, and what trajectories.cpp adds. src/native gives it types.
#include <napi.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "latentcv/model.h"
#include "latentcv/molecule.h"
#include "positions.h"
#include "trajectories.h"
#include "translate.h"
#include "whole_frames.h"

namespace {

using latentcv::Error;
using latentcv::ErrorCode;
using latentcv::Model;

Napi::Float64Array requireDoubles(const Napi::Value& value, const char* what, std::size_t multipleOf) {
  const bool doubles =
      value.IsTypedArray() && value.As<Napi::TypedArray>().TypedArrayType() == napi_float64_array;
  if (!doubles) throw Error(ErrorCode::badArgument, std::string("expected a Float64Array for ") + what);
  const auto array = value.As<Napi::Float64Array>();
  if (array.ElementLength() % multipleOf != 0)
    throw Error(ErrorCode::badArgument, std::string("expected a multiple of ") + std::to_string(multipleOf) +
                                            " numbers for " + what + " but received " +
                                            std::to_string(array.ElementLength()));
  return array;
}

/** A box of NaN would count as none. */
void expectFinite(const Napi::Float64Array& numbers, const char* what) {
  const double *first = numbers.Data(), *end = first + numbers.ElementLength();
  if (!std::all_of(first, end, [](double number) { return std::isfinite(number); }))
    throw Error(ErrorCode::badArgument, std::string("expected finite numbers for ") + what);
}

class NativeModel : public Napi::ObjectWrap<NativeModel> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "NativeModel",
                       {InstanceMethod<&NativeModel::evaluate>("evaluate"),
                        InstanceMethod<&NativeModel::evaluateAtoms>("evaluateAtoms")});
  }

  explicit NativeModel(const Napi::CallbackInfo& info) : Napi::ObjectWrap<NativeModel>(info) {
    translate(info.Env(), [&] {
      latentcv::ModelOptions options;
      options.evaluator = latentcv::parseEvaluatorChoice(info[1].ToString());
      options.precision = latentcv::parsePrecision(info[2].ToString());
      options.device = latentcv::parseDevice(info[3].ToString());
      options.threads = info[4].ToNumber();
      options.sides = {"uncertainty"};
      model_ = std::make_unique<Model>(info[0].ToString().Utf8Value(), options);
      describe(info.This().As<Napi::Object>());
      return info.Env().Undefined();
    });
  }

 private:
  void describe(Napi::Object self) const {
    const Napi::Env env = self.Env();
    self.Set("inputs", Napi::Number::New(env, static_cast<double>(model_->inputs())));
    self.Set("outputs", Napi::Number::New(env, static_cast<double>(model_->collectiveVariables())));
    self.Set("hasUncertainty", Napi::Boolean::New(env, model_->hasSide("uncertainty")));
    self.Set("atoms", Napi::Number::New(env, static_cast<double>(model_->atoms())));
    self.Set("inputNames", strings(env, model_->metadata().inputs));
    std::vector<std::string> names = model_->outputNames();
    names.resize(model_->collectiveVariables());
    self.Set("outputNames", strings(env, names));
    self.Set("evaluator", model_->evaluatorName());
    self.Set("reason", model_->evaluatorReason());
  }

  /** Numbers of every output, `width` for each: those of the collective variables, and of the uncertainty. */
  class Outputs {
   public:
    Outputs(Napi::Env env, const Model& model, std::size_t frames, std::size_t width)
        : k_(model.collectiveVariables() * width),
          rest_(model.hasSide("uncertainty") ? width : 0),
          frame_(k_ + rest_),
          cv(Napi::Float64Array::New(env, frames * k_)),
          uncertainty(Napi::Float64Array::New(env, frames * rest_)) {}

    /** Where the evaluator writes the numbers of one frame. */
    double* frame() { return frame_.data(); }

    void keep(std::size_t n) {
      std::copy_n(frame_.begin(), k_, cv.Data() + n * k_);
      std::copy_n(frame_.begin() + static_cast<std::ptrdiff_t>(k_), rest_, uncertainty.Data() + n * rest_);
    }

   private:
    std::size_t k_, rest_;
    std::vector<double> frame_;

   public:
    Napi::Float64Array cv, uncertainty;
  };

  /**
   * (x [n, d], whether the jacobian is wanted) → { cv [n, k], jacobian [n, k, d], uncertainty [n],
   * uncertaintyGradient [n, d] }
   */
  Napi::Value evaluate(const Napi::CallbackInfo& info) {
    return translate(info.Env(), [&] {
      const std::size_t d = model_->inputs();
      const auto x = requireDoubles(info[0], "the inputs", d);
      const std::size_t frames = x.ElementLength() / d;
      const bool wanted = info[1].ToBoolean();
      Outputs values(info.Env(), *model_, frames, 1), jacobian(info.Env(), *model_, wanted ? frames : 0, d);
      for (std::size_t n = 0; n < frames; ++n) {
        model_->evaluator().evaluate(x.Data() + n * d, values.frame(), wanted ? jacobian.frame() : nullptr);
        values.keep(n);
        if (wanted) jacobian.keep(n);
      }
      return result(info.Env(), {{"cv", values.cv},
                                 {"jacobian", jacobian.cv},
                                 {"uncertainty", values.uncertainty},
                                 {"uncertaintyGradient", jacobian.uncertainty}});
    });
  }

  /**
   * (positions [n, atoms, 3], box [n, 3, 3] or empty) → { cv, derivatives [n, k, atoms, 3], boxDerivatives },
   * and the same of the uncertainty
   */
  Napi::Value evaluateAtoms(const Napi::CallbackInfo& info) {
    return translate(info.Env(), [&] {
      if (!model_->hasDescriptors())
        throw Error(ErrorCode::badArgument,
                    "expected a model with descriptors of atoms but the file has none");
      const std::size_t row = 3 * model_->atoms();
      const auto positions = requireDoubles(info[0], "the positions", row);
      const std::size_t frames = positions.ElementLength() / row;
      const auto boxes = requireDoubles(info[1], "the boxes", 9);
      if (boxes.ElementLength() != 0 && boxes.ElementLength() != 9 * frames)
        throw Error(ErrorCode::badArgument, "expected one box per frame, or none");
      expectFinite(boxes, "the boxes");
      Outputs values(info.Env(), *model_, frames, 1), derivatives(info.Env(), *model_, frames, row),
          boxDerivatives(info.Env(), *model_, frames, 9);
      for (std::size_t n = 0; n < frames; ++n) {
        const latentcv::Box box =
            boxes.ElementLength() ? latentcv::Box(boxes.Data() + 9 * n) : latentcv::Box();
        model_->evaluateAtoms(positions.Data() + n * row, box, values.frame(), derivatives.frame(),
                              boxDerivatives.frame());
        for (Outputs* outputs : {&values, &derivatives, &boxDerivatives}) outputs->keep(n);
      }
      return result(info.Env(), {{"cv", values.cv},
                                 {"derivatives", derivatives.cv},
                                 {"boxDerivatives", boxDerivatives.cv},
                                 {"uncertainty", values.uncertainty},
                                 {"uncertaintyDerivatives", derivatives.uncertainty},
                                 {"uncertaintyBoxDerivatives", boxDerivatives.uncertainty}});
    });
  }

  static Napi::Value result(Napi::Env env,
                            const std::vector<std::pair<const char*, Napi::Float64Array>>& members) {
    Napi::Object object = Napi::Object::New(env);
    for (const auto& member : members)
      if (std::string(member.first).find("uncertainty") != 0 || member.second.ElementLength() > 0)
        object.Set(member.first, member.second);
    return object;
  }

  std::unique_ptr<Model> model_;
};

latentcv::NamedAtom namedAtom(const Napi::Object& object) {
  latentcv::NamedAtom atom;
  atom.serial = object.Get("serial").ToNumber().Int64Value();
  atom.there = object.Get("there").ToBoolean();
  atom.name = object.Get("name").ToString();
  atom.residue = object.Get("residue").ToString();
  atom.chain = object.Get("chain").ToString();
  atom.residueNumber = object.Get("residueNumber").ToNumber().Int64Value();
  atom.insertionCode = object.Get("insertionCode").ToString();
  return atom;
}

/** (the model's names, atoms of a structure) → { difference, renamed } */
Napi::Value compareMolecule(const Napi::CallbackInfo& info) {
  return translate(info.Env(), [&] {
    const auto list = info[1].As<Napi::Array>();
    std::vector<latentcv::NamedAtom> atoms;
    for (std::uint32_t i = 0; i < list.Length(); ++i)
      atoms.push_back(namedAtom(list.Get(i).As<Napi::Object>()));
    const latentcv::MoleculeComparison comparison = latentcv::compareMolecule(stringsOf(info[0]), atoms);
    Napi::Object object = Napi::Object::New(info.Env());
    object.Set("difference", comparison.difference);
    object.Set("renamed", comparison.renamed);
    return object;
  });
}

/** (path of ONNX Runtime's library) */
void useOnnxRuntime(const Napi::CallbackInfo& info) {
  latentcv::useOnnxRuntime(info[0].ToString().Utf8Value());
}

Napi::Object initialize(Napi::Env env, Napi::Object exports) {
  exports.Set("NativeModel", NativeModel::define(env));
  exports.Set("useOnnxRuntime", Napi::Function::New<useOnnxRuntime>(env, "useOnnxRuntime"));
  exports.Set("compareMolecule", Napi::Function::New<compareMolecule>(env, "compareMolecule"));
  defineTrajectories(env, exports);
  defineWholeFrames(env, exports);
  definePositions(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(latentcv, initialize)
