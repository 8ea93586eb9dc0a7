#include "formats/text/pdb_cell.h"

#include "formats/cell.h"
#include "latentcv/error.h"
#include "text/text_lines.h"

namespace latentcv {
namespace {

enum class Reading { byColumns, byWords, none };

bool readColumns(std::string_view record, Cell& cell) {
  try {
    for (std::size_t i = 0; i < 3; ++i) {
      cell.lengths[i] = realInColumns(record, 6 + 9 * i, 9);
      cell.angles[i] = realInColumns(record, 33 + 7 * i, 7);
    }
    return true;
  } catch (const Error&) {
    return false;
  }
}

bool readWords(std::string_view record, Cell& cell) {
  takeWord(record);
  const std::vector<std::string_view> found = words(record);
  if (found.size() < 6) return false;
  try {
    for (std::size_t i = 0; i < 3; ++i) {
      cell.lengths[i] = realOf(found[i]);
      cell.angles[i] = realOf(found[3 + i]);
    }
    return true;
  } catch (const Error&) {
    return false;
  }
}

Reading readBox(std::string_view record, bool& hasBox, std::array<double, 9>& rows) {
  Cell cell;
  const Reading reading = readColumns(record, cell) ? Reading::byColumns
                          : readWords(record, cell) ? Reading::byWords
                                                    : Reading::none;
  hasBox = false;
  if (reading == Reading::none || cell.lengths == std::array<double, 3>{1, 1, 1}) return reading;
  try {
    hasBox = boxOfCell(cell, 1, rows);
    return reading;
  } catch (const Error&) {
    return Reading::none;
  }
}

}  // namespace

bool boxOfPdbCell(std::string_view record, std::array<double, 9>& rows) {
  bool hasBox = false;
  readBox(record, hasBox, rows);
  return hasBox;
}

std::string noteOfPdbCell(std::string_view record) {
  bool hasBox = false;
  std::array<double, 9> rows;
  const Reading reading = readBox(record, hasBox, rows);
  if (reading == Reading::none) return "its CRYST1 gives no cell that can be read, so it has no box";
  return hasBox && reading == Reading::byWords ? "its CRYST1 is out of its columns and is read by its words"
                                               : "";
}

}  // namespace latentcv
