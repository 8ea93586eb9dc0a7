#pragma once

#include <cstddef>

/** Which borders between pieces of the core's code were crossed, and about how often. */
namespace coverage {

/** Forgets the last input's. */
void clear();

enum class Gain { nothing, counts, borders };

/** Whether this input crossed a border that no other did, or a known one about as often as none did. */
Gain addNew();

/** How many borders were ever crossed. */
std::size_t seen();

}  // namespace coverage
