# What the examples' scripts have in common: latentcv, and commands that are shown and done once.
examples=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
[ -f "$examples/../dist/src/cli/main.js" ] || { echo 'error: expected latentcv to be built; hint: npm run setup' >&2; exit 3; }
latentcv() { node "$examples/../dist/src/cli/main.js" "$@"; }
# show COMMAND…: as one would type it
show() {
  local word
  printf '\n$'
  for word in "$@"; do
    case $word in
      *' '*) printf " '%s'" "$word" ;;
      *) printf ' %s' "$word" ;;
    esac
  done
  printf '\n'
} >&2
# typed COMMAND…: shows it and runs it
typed() {
  show "$@"
  "$@"
}
# energies COMMAND…: the same for latentcv fes, whose exit code 4 (ΔF not determined) is the judge's to look at
energies() {
  typed "$@" || [ $? -eq 4 ]
}
# once FILE COMMAND…: the same, unless the file that it writes is there
once() {
  if [ -e "$1" ]; then echo "$1 is there" >&2; else typed "${@:2}"; fi
}
# in_folder FOLDER COMMAND…: the same in a folder that has its name only when the command is through
in_folder() {
  [ -d "$1" ] && return
  rm -rf "$1.part"
  mkdir "$1.part"
  show "${@:2}"
  (cd "$1.part" && "${@:2}")
  mv "$1.part" "$1"
}
# begin_in FOLDER SETTINGS: goes there, made if missing; the folder of a run with other settings is refused
begin_in() {
  mkdir -p "$1"
  cd "$1"
  if [ -f settings ] && [ "$(cat settings)" != "$2" ]; then
    echo "error: expected $1 to be new, or of this run ($2) but it is of another ($(cat settings))" >&2
    exit 2
  fi
  echo "$2" > settings
}
