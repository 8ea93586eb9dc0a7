#include "structure_text.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>

#include "formats/lammps_columns.h"
#include "formats/lammps_data.h"
#include "formats/prepared_file.h"
#include "formats/xyz_columns.h"
#include "latentcv/error.h"
#include "text/text_lines.h"

namespace latentcv {
namespace {

constexpr double notTold = std::numeric_limits<double>::quiet_NaN();

/** Without blanks around it, and with nothing that a terminal or a list of names would stumble over. */
std::string printable(std::string_view text) {
  std::string clean(trimmed(text));
  for (char& c : clean)
    if (c < ' ' || c > '~') c = '?';
  return clean;
}

std::string_view columns(std::string_view line, std::size_t from, std::size_t count) {
  return from < line.size() ? trimmed(line.substr(from, count)) : std::string_view();
}

double idIn(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  std::uint64_t number = 0;
  if (!isCount(negative ? text.substr(1) : text, number)) return notTold;
  return negative ? -static_cast<double>(number) : static_cast<double>(number);
}

StructureText ofGro(Lines lines) {
  StructureText text;
  lines.next();
  for (std::int64_t left = integerOf(lines.next()); left > 0; --left) {
    const std::string_view line = lines.next();
    const std::string_view name = columns(line, 10, 5);
    text.add(name, name);
    text.setResidue(columns(line, 5, 5), idIn(columns(line, 0, 5)), "");
  }
  return text;
}

StructureText ofXyz(Lines lines) {
  StructureText text;
  const std::int64_t atoms = integerOf(lines.next());
  const XyzColumns columnsOf(lines.next());
  for (std::int64_t i = 0; i < atoms; ++i) {
    const std::string_view name = columnsOf.name(lines.next());
    text.add(name, name);
  }
  return text;
}

StructureText ofLammpsDump(Lines lines) {
  StructureText text;
  std::uint64_t atoms = 0;
  while (!lines.atEnd()) {
    std::string_view line = lines.next();
    takeWord(line);
    const std::string_view item = trimmed(line);
    if (item == "NUMBER OF ATOMS") atoms = static_cast<std::uint64_t>(integerOf(lines.next()));
    if (item.substr(0, 5) != "ATOMS") continue;
    LammpsColumns columnsOf(item);
    std::vector<std::array<std::string, 3>> rows(static_cast<std::size_t>(atoms));
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const std::size_t atom = columnsOf.read(lines.next(), row, rows.size());
      rows[atom] = {std::string(columnsOf.element()), std::string(columnsOf.type()),
                    std::string(columnsOf.mass())};
    }
    for (const auto& [element, type, mass] : rows) {
      text.add(element, type);
      if (!mass.empty()) text.atoms.masses.back() = realOf(mass);
    }
    break;
  }
  return text;
}

/** Bonds of CONECT records anywhere in a PDB file, by the serials of its atoms. */
void readConnections(const BinaryFile& file, const std::map<std::string, std::uint32_t, std::less<>>& serials,
                     StructureText& text) {
  LineScanner lines(file);
  for (std::string_view line; lines.next(line);) {
    if (line.substr(0, 6) != "CONECT") continue;
    const auto from = serials.find(columns(line, 6, 5));
    for (std::size_t at = 11; from != serials.end() && at < 31; at += 5) {
      const auto to = serials.find(columns(line, at, 5));
      if (to != serials.end() && from->second < to->second) text.bonds.push_back({from->second, to->second});
    }
  }
  std::sort(text.bonds.begin(), text.bonds.end());
  text.bonds.erase(std::unique(text.bonds.begin(), text.bonds.end()), text.bonds.end());
}

StructureText ofPdb(Lines lines, const BinaryFile& file) {
  StructureText text;
  std::map<std::string, std::uint32_t, std::less<>> serials;
  while (!lines.atEnd()) {
    const std::string_view line = lines.next();
    if (line.substr(0, 6) != "ATOM  " && line.substr(0, 6) != "HETATM") continue;
    const std::string_view name = columns(line, 12, 4);
    std::string type(columns(line, 76, 2));
    // files have `CL` where the element is Cl
    if (type.size() == 2 && type[1] >= 'A' && type[1] <= 'Z')
      type[1] = static_cast<char>(type[1] - 'A' + 'a');
    serials.emplace(columns(line, 6, 5), static_cast<std::uint32_t>(text.atoms.names.size()));
    text.add(name, type.empty() ? name : type);
    const std::string_view chain = columns(line, 21, 1);
    text.setResidue(columns(line, 17, 4), idIn(columns(line, 22, 4)),
                    chain.empty() ? columns(line, 72, 4) : chain);
  }
  readConnections(file, serials, text);
  return text;
}

StructureText ofLammpsData(Lines lines) {
  const LammpsData data(lines);
  StructureText text;
  for (const LammpsData::Atom& atom : data.atoms) {
    text.add(atom.name.empty() ? atom.type : atom.name, atom.type);
    const auto mass = data.masses.find(atom.type);
    if (mass != data.masses.end()) text.atoms.masses.back() = mass->second;
    if (atom.molecule > 0) text.setResidue("", static_cast<double>(atom.molecule), "");
  }
  text.bonds = data.bonds;
  return text;
}

}  // namespace

void StructureText::add(std::string_view name, std::string_view type) {
  atoms.names.push_back(printable(name));
  atoms.types.push_back(printable(type));
  atoms.residueNames.emplace_back();
  atoms.chains.emplace_back();
  atoms.residueIds.push_back(notTold);
  atoms.masses.push_back(0);
}

void StructureText::setResidue(std::string_view name, double id, std::string_view chain) {
  atoms.residueNames.back() = printable(name);
  atoms.residueIds.back() = id;
  atoms.chains.back() = printable(chain);
}

StructureText readStructureText(const std::string& format, const BinaryFile& file, const FramePlace& first) {
  if (format == PreparedFile::format.name) return preparedNames(file);
  std::vector<unsigned char> bytes(static_cast<std::size_t>(first.bytes));
  if (!file.read(first.at, bytes.data(), bytes.size()))
    throw Error(ErrorCode::badData, "the file became shorter while it was read");
  const Lines lines({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (format == "GRO") return ofGro(lines);
  if (format == "PDB") return ofPdb(lines, file);
  if (format == "XYZ") return ofXyz(lines);
  if (format == "LAMMPS") return ofLammpsDump(lines);
  if (format == "LAMMPS Data") return ofLammpsData(lines);
  return {};
}

}  // namespace latentcv
