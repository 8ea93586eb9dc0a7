#include "text/title_time.h"

#include <limits>

#include "latentcv/error.h"
#include "text/text_lines.h"

namespace latentcv {

double timeInTitle(std::string_view title) {
  constexpr double notTold = std::numeric_limits<double>::quiet_NaN();
  const auto at = title.rfind("t=");
  if (at == std::string_view::npos || (at > 0 && title[at - 1] != ' ')) return notTold;
  std::string_view rest = title.substr(at + 2);
  try {
    return realOf(takeWord(rest));
  } catch (const Error&) {
    return notTold;  // a title may say anything
  }
}

}  // namespace latentcv
