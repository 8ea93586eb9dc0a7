# What run.sh and reference.sh have in common: the programs, and steps that are done once. $here is this folder.
eval "$(node "$here/programs.mjs")"
latentcv() { node "$here/../../dist/src/cli/main.js" "$@"; }
lmp() { env "${environment[@]}" "$lammps" -screen none "$@"; }
# show COMMAND…: as one would type it
show() {
  local word
  printf '$'
  for word in "$@"; do
    case $word in
      *' '*) printf " '%s'" "$word" ;;
      *) printf ' %s' "$word" ;;
    esac
  done
  printf '\n'
}
# step FOLDER COMMAND…: runs it in a folder that has its name only when the command is through
step() {
  [ -d "$1" ] && return
  rm -rf "$1.part"
  mkdir "$1.part"
  show "${@:2}"
  (cd "$1.part" && "${@:2}")
  mv "$1.part" "$1"
}
