#include "trajectories.h"

#include <algorithm>
#include <cmath>

#include "background_task.h"
#include "latentcv/chemfiles.h"
#include "latentcv/descriptor_reader.h"
#include "latentcv/formats.h"
#include "latentcv/structure.h"

namespace {

using latentcv::DescriptorBatch;
using latentcv::DescriptorReader;
using latentcv::Structure;
using latentcv::TrajectorySource;

std::vector<std::uint32_t> atomsOf(const Napi::Value& value) {
  const auto array = value.As<Napi::Uint32Array>();
  return {array.Data(), array.Data() + array.ElementLength()};
}

/** A whole number from 0 that JavaScript holds exactly. */
std::size_t sizeOf(const Napi::Value& value) {
  const double number = value.ToNumber().DoubleValue();
  if (!(number >= 0 && number <= 9007199254740991.0) || number != std::floor(number))
    throw latentcv::Error(latentcv::ErrorCode::badArgument,
                          "expected a whole number from 0 but received " + std::to_string(number));
  return static_cast<std::size_t>(number);
}

TrajectorySource sourceOf(const Napi::Value& value) {
  const auto object = value.As<Napi::Object>();
  TrajectorySource source;
  source.path = object.Get("path").ToString();
  source.format = object.Get("format").ToString();
  source.perNanometre = object.Get("perNanometre").ToNumber();
  source.salvage = object.Get("salvage").ToBoolean();
  if (object.Get("timestep").IsNumber()) source.timestep = object.Get("timestep").ToNumber();
  return source;
}

template <typename Array, typename Values>
Array typed(Napi::Env env, const Values& values) {
  Array array = Array::New(env, values.size());
  std::copy(values.begin(), values.end(), array.Data());
  return array;
}

/** { words, of }: each different word once, and which of them each atom has. */
Napi::Object words(Napi::Env env, const latentcv::Words& all) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("words", strings(env, all.words()));
  object.Set("of", typed<Napi::Uint32Array>(env, all.of()));
  return object;
}

Napi::Object describe(Napi::Env env, const Structure& structure) {
  const latentcv::AtomTable& atoms = structure.atoms;
  Napi::Object object = Napi::Object::New(env);
  object.Set("names", words(env, atoms.names));
  object.Set("types", words(env, atoms.types));
  object.Set("residueNames", words(env, atoms.residueNames));
  object.Set("chains", words(env, atoms.chains));
  object.Set("segments", words(env, atoms.segments));
  object.Set("insertionCodes", words(env, atoms.insertionCodes));
  object.Set("residueIds", typed<Napi::Float64Array>(env, atoms.residueIds));
  object.Set("masses", typed<Napi::Float64Array>(env, atoms.masses));
  auto bonds = Napi::Uint32Array::New(env, 2 * structure.bonds.size());
  for (std::size_t i = 0; i < structure.bonds.size(); ++i)
    std::copy(structure.bonds[i].begin(), structure.bonds[i].end(), bonds.Data() + 2 * i);
  object.Set("bonds", bonds);
  if (!structure.positions.empty())
    object.Set("positions", typed<Napi::Float64Array>(env, structure.positions));
  object.Set("notes", strings(env, structure.notes));
  if (structure.hasBox) object.Set("box", typed<Napi::Float64Array>(env, structure.box));
  return object;
}

/** (names or paths) → { version, path } */
Napi::Value loadChemfiles(const Napi::CallbackInfo& info) {
  return translate(info.Env(), [&] {
    latentcv::loadChemfiles(stringsOf(info[0]));
    Napi::Object object = Napi::Object::New(info.Env());
    object.Set("version", latentcv::chemfilesVersion());
    object.Set("path", latentcv::chemfilesPath());
    return Napi::Value(object);
  });
}

/** () → [{ name, description, aliases, endings }] of the formats that need no chemfiles */
Napi::Value ownFormats(const Napi::CallbackInfo& info) {
  return translate(info.Env(), [&] {
    const auto found = latentcv::describeFormats();
    Napi::Array all = Napi::Array::New(info.Env(), found.size());
    for (std::uint32_t i = 0; i < found.size(); ++i) {
      Napi::Object object = Napi::Object::New(info.Env());
      object.Set("name", found[i].name);
      object.Set("description", found[i].description);
      object.Set("aliases", strings(info.Env(), found[i].aliases));
      object.Set("endings", strings(info.Env(), found[i].endings));
      all.Set(i, object);
    }
    return Napi::Value(all);
  });
}

/** (path, format) → the name of the format of ours, or an empty text */
Napi::Value ownFormat(const Napi::CallbackInfo& info) {
  return translate(info.Env(), [&] {
    TrajectorySource source;
    source.path = info[0].ToString();
    source.format = info[1].ToString();
    return Napi::Value(Napi::String::New(info.Env(), latentcv::ownFormatName(source)));
  });
}

Napi::Value takeWarnings(const Napi::CallbackInfo& info) {
  return translate(info.Env(), [&] { return strings(info.Env(), latentcv::takeChemfilesWarnings()); });
}

/** (source) → promise of what the file says of its atoms */
Napi::Value openStructure(const Napi::CallbackInfo& info) {
  return translate(info.Env(), [&] {
    const TrajectorySource source = sourceOf(info[0]);
    return BackgroundTask<Structure>::start(
        info.Env(), [source] { return latentcv::readStructure(source); },
        [](Napi::Env env, Structure& structure) { return Napi::Value(describe(env, structure)); });
  });
}

/** { pairs, inverseMasses } */
void readMetric(const Napi::Object& object, latentcv::DescriptorReading& reading) {
  const std::vector<std::uint32_t> pairs = atomsOf(object.Get("pairs"));
  reading.metricPairs.assign(pairs.begin(), pairs.end());
  const auto masses = object.Get("inverseMasses").As<Napi::Float64Array>();
  reading.inverseMasses.assign(masses.Data(), masses.Data() + masses.ElementLength());
}

class NativeDescriptorReader : public Napi::ObjectWrap<NativeDescriptorReader> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "NativeDescriptorReader",
                       {InstanceMethod<&NativeDescriptorReader::countFrames>("countFrames"),
                        InstanceMethod<&NativeDescriptorReader::read>("read")});
  }

  /** ({ descriptors, references, points?, atoms, total, minimumImage, threads, metric? }) */
  explicit NativeDescriptorReader(const Napi::CallbackInfo& info)
      : Napi::ObjectWrap<NativeDescriptorReader>(info) {
    translate(info.Env(), [&] {
      const auto object = info[0].As<Napi::Object>();
      latentcv::DescriptorReading reading;
      reading.descriptors = stringsOf(object.Get("descriptors"));
      reading.references = stringsOf(object.Get("references"));
      if (object.Get("points").IsArray()) reading.points = stringsOf(object.Get("points"));
      const std::vector<std::uint32_t> atoms = atomsOf(object.Get("atoms"));
      reading.atoms.assign(atoms.begin(), atoms.end());
      reading.total = sizeOf(object.Get("total"));
      reading.minimumImage = object.Get("minimumImage").ToBoolean();
      reading.threads = sizeOf(object.Get("threads"));
      if (object.Get("metric").IsObject()) readMetric(object.Get("metric").As<Napi::Object>(), reading);
      reader_ = std::make_shared<DescriptorReader>(std::move(reading));
      return info.Env().Undefined();
    });
  }

 private:
  /** (source) → promise of { frames, notes } */
  Napi::Value countFrames(const Napi::CallbackInfo& info) {
    const auto reader = reader_;
    return translate(info.Env(), [&] {
      const TrajectorySource source = sourceOf(info[0]);
      return BackgroundTask<latentcv::FrameCount>::start(
          info.Env(), [reader, source] { return reader->count(source); },
          [](Napi::Env env, latentcv::FrameCount& count) {
            Napi::Object object = Napi::Object::New(env);
            object.Set("frames", Napi::Number::New(env, static_cast<double>(count.frames)));
            object.Set("notes", strings(env, count.notes));
            return Napi::Value(object);
          });
    });
  }

  /**
   * (source, first, count, stride, values) → promise of { times, steps, boxes, states, problems }; a second
   * one waits for the first. The numbers are written to `values`, [count, width].
   */
  Napi::Value read(const Napi::CallbackInfo& info) {
    return translate(info.Env(), [&] {
      auto values = info[4].As<Napi::Float64Array>();
      const latentcv::FrameSlice range{sizeOf(info[1]), sizeOf(info[2]), sizeOf(info[3])};
      const std::size_t width = reader_->width();
      if (width != 0 && range.count > values.ElementLength() / width)
        throw latentcv::Error(latentcv::ErrorCode::badArgument,
                              "expected room for the numbers of all frames");
      return startReading(info.Env(), sourceOf(info[0]), range, values);
    });
  }

  Napi::Value startReading(Napi::Env environment, const TrajectorySource& source,
                           const latentcv::FrameSlice& range, Napi::Float64Array values) {
    const auto reader = reader_;
    double* data = values.Data();
    // JavaScript must not let go of the array before it is filled
    const auto held = std::make_shared<Napi::Reference<Napi::Float64Array>>(Napi::Persistent(values));
    return BackgroundTask<DescriptorBatch>::start(
        environment, [reader, source, range, data] { return reader->read(source, range, data); },
        [held](Napi::Env env, DescriptorBatch& batch) {
          Napi::Object object = Napi::Object::New(env);
          object.Set("times", typed<Napi::Float64Array>(env, batch.times));
          const std::vector<double> steps(batch.steps.begin(), batch.steps.end());
          object.Set("steps", typed<Napi::Float64Array>(env, steps));
          object.Set("boxes", typed<Napi::Uint8Array>(env, batch.boxes));
          std::vector<std::uint8_t> states;
          for (const latentcv::FrameState state : batch.states)
            states.push_back(static_cast<std::uint8_t>(state));
          object.Set("states", typed<Napi::Uint8Array>(env, states));
          object.Set("problems", strings(env, batch.problems));
          return Napi::Value(object);
        });
  }

  std::shared_ptr<DescriptorReader> reader_;
};

}  // namespace

void defineTrajectories(Napi::Env env, Napi::Object exports) {
  exports.Set("loadChemfiles", Napi::Function::New(env, loadChemfiles));
  exports.Set("ownFormats", Napi::Function::New(env, ownFormats));
  exports.Set("ownFormat", Napi::Function::New(env, ownFormat));
  exports.Set("takeChemfilesWarnings", Napi::Function::New(env, takeWarnings));
  exports.Set("openStructure", Napi::Function::New(env, openStructure));
  exports.Set("NativeDescriptorReader", NativeDescriptorReader::define(env));
}
