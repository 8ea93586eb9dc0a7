// Tried before a plugin is linked with the prebuilt core: strings, exceptions and numbers cross between what this
// compiler makes and what the core's made. usage: try_core MODEL    (exit code 0 where all is well)
#include <string>

#include "latentcv/error.h"
#include "latentcv/model.h"

namespace {

bool catchesErrors() {
  try {
    latentcv::parsePrecision("half");
  } catch (const latentcv::Error& error) {
    return std::string(error.what()).find("half") != std::string::npos;
  }
  return false;
}

}  // namespace

int main(int count, char** words) {
  if (count != 2 || !catchesErrors()) return 1;
  latentcv::ModelOptions options;
  options.evaluator = latentcv::EvaluatorChoice::native;
  // throws where the file's check vectors are not met
  const latentcv::Model model(words[1], options);
  return model.outputs() > 0 && !model.outputNames().empty() ? 0 : 1;
}
