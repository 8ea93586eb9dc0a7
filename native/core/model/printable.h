#pragma once

#include <string>

namespace latentcv {

/**
 * A text of a file as one may show it: control characters, which a terminal would obey, as `\x1b`. Bytes from
 * 0x80 on are left, as those of UTF-8, but for its own control characters (U+0080 to U+009F).
 */
std::string printable(const std::string& text);

/** The same between quotes, cut where it is long. */
std::string quoted(const std::string& text);

}  // namespace latentcv
