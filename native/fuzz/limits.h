#pragma once

#include <cstddef>

/**
 * What one input may cost; past that, and where a sanitizer stops the process, the input is kept for study.
 */
namespace limits {

/** An input is a file of at most this size, so memory and time for it are bounded too. */
constexpr std::size_t mostBytes = std::size_t{1} << 16;
constexpr std::size_t mostMemory = std::size_t{256} << 20;
constexpr int mostSeconds = 4;  // of CPU time, instrumented

/** Installs the watch: whatever ends the process writes the current input to `path` plus a hash. */
void install(const char* path);

/** Counts from zero for this input. */
void begin(const char* data, std::size_t size);

/** No input is running. */
void end();

}  // namespace limits
