#include "structure/structure_text.h"

#include "formats/binary/prepared_file.h"
#include "formats/lammps/columns.h"
#include "formats/lammps/data.h"
#include "formats/text/xyz_columns.h"
#include "latentcv/error.h"
#include "structure/columns.h"
#include "structure/pdb_text.h"

namespace latentcv {
namespace {

Structure ofGro(Lines lines) {
  Structure text;
  lines.next();
  for (std::int64_t left = integerOf(lines.next()); left > 0; --left) {
    const std::string_view line = lines.next();
    const std::string_view name = columnsIn(line, 10, 5);
    text.atoms.add(name, name);
    text.atoms.setResidue(columnsIn(line, 5, 5), residueIdIn(columnsIn(line, 0, 5)));
  }
  return text;
}

Structure ofXyz(Lines lines) {
  Structure text;
  const std::int64_t atoms = integerOf(lines.next());
  const XyzColumns columnsOf(lines.next());
  for (std::int64_t i = 0; i < atoms; ++i) {
    const std::string_view name = columnsOf.name(lines.next());
    text.atoms.add(name, name);
  }
  return text;
}

Structure ofLammpsDump(Lines lines) {
  Structure text;
  std::uint64_t atoms = 0;
  while (!lines.atEnd()) {
    std::string_view line = lines.next();
    takeWord(line);
    const std::string_view item = trimmed(line);
    if (item == "NUMBER OF ATOMS") atoms = static_cast<std::uint64_t>(integerOf(lines.next()));
    if (item.substr(0, 5) != "ATOMS") continue;
    LammpsColumns columnsOf(item);
    const std::vector<std::uint64_t> ids = columnsOf.idsOf(lines, static_cast<std::size_t>(atoms));
    columnsOf.setIds(ids);
    std::vector<std::array<std::string, 3>> rows(static_cast<std::size_t>(atoms));
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const std::size_t atom = columnsOf.read(lines.next(), row, rows.size());
      rows[atom] = {std::string(columnsOf.element()), std::string(columnsOf.type()),
                    std::string(columnsOf.mass())};
    }
    for (const auto& [element, type, mass] : rows) {
      text.atoms.add(element, type);
      if (!mass.empty()) text.atoms.masses.back() = realOf(mass);
    }
    break;
  }
  return text;
}

Structure ofLammpsData(Lines lines) {
  const LammpsData data(lines);
  Structure text;
  for (const LammpsData::Atom& atom : data.atoms) {
    const auto called = data.typeNames.find(atom.type);
    const std::string& type = called == data.typeNames.end() ? atom.type : called->second;
    text.atoms.add(atom.name.empty() ? type : atom.name, atom.type);
    const auto mass = data.masses.find(atom.type);
    if (mass != data.masses.end()) text.atoms.masses.back() = mass->second;
    if (atom.molecule > 0) text.atoms.setResidue("", static_cast<double>(atom.molecule));
  }
  text.bonds = data.bonds;
  return text;
}

}  // namespace

Structure readStructureText(const std::string& format, const BinaryFile& file, const FramePlace& first) {
  if (format == PreparedFile::format.name) return preparedNames(file);
  std::vector<unsigned char> bytes(static_cast<std::size_t>(first.bytes));
  if (!file.read(first.at, bytes.data(), bytes.size()))
    throw Error(ErrorCode::badData, "the file became shorter while it was read");
  const Lines lines({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (format == "GRO") return ofGro(lines);
  if (format == "PDB") return readPdbText(lines, file);
  if (format == "XYZ") return ofXyz(lines);
  if (format == "LAMMPS") return ofLammpsDump(lines);
  if (format == "LAMMPS Data") return ofLammpsData(lines);
  return {};
}

}  // namespace latentcv
