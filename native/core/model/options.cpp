#include "latentcv/error.h"
#include "latentcv/model.h"

namespace latentcv {
namespace {

template <typename Choice>
struct Word {
  const char* word;
  Choice choice;
};

template <typename Choice, std::size_t count>
Choice parse(const std::string& word, const Word<Choice> (&words)[count], const char* expected) {
  for (const Word<Choice>& known : words)
    if (word == known.word) return known.choice;
  throw Error(ErrorCode::badArgument, std::string("expected ") + expected + " but received \"" + word + "\"");
}

}  // namespace

EvaluatorChoice parseEvaluatorChoice(const std::string& word) {
  static constexpr Word<EvaluatorChoice> words[] = {{"auto", EvaluatorChoice::automatic},
                                                    {"native", EvaluatorChoice::native},
                                                    {"onnxruntime", EvaluatorChoice::onnxRuntime}};
  return parse(word, words, "auto, native or onnxruntime for the evaluator");
}

Precision parsePrecision(const std::string& word) {
  static constexpr Word<Precision> words[] = {{"double", Precision::doublePrecision},
                                              {"float", Precision::singlePrecision}};
  return parse(word, words, "double or float for the precision");
}

void expectThreads(unsigned threads) {
  if (threads < 1 || threads > mostThreads)
    throw Error(ErrorCode::badArgument, "expected from 1 to " + std::to_string(mostThreads) +
                                            " threads but received " + std::to_string(threads));
}

Device parseDevice(const std::string& word) {
  static constexpr Word<Device> words[] = {
      {"auto", Device::automatic}, {"cpu", Device::cpu}, {"cuda", Device::cuda}};
  return parse(word, words, "auto, cpu or cuda for the device");
}

}  // namespace latentcv
