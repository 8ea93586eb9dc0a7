# What the examples' run.sh share: commands are shown as typed before they run, and the project's own tools are found.
# usage: source common.sh
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${LATENTCV_CACHE:-$root/.cache}
program=$root/dist/src/cli/main.js
[ -f "$program" ] || { echo "error: expected $program but it is not built; hint: npm run setup" >&2; exit 3; }

latentcv() { node "$program" "$@"; }

# A program by its name: the one a variable names, the machine's own, or the one that set-up fetched.
tool() { # VARIABLE NAME FETCHED
  if [ -n "${!1:-}" ]; then echo "${!1}"
  elif [ -x "$cache/$3" ]; then echo "$cache/$3"
  elif command -v "$2" >/dev/null; then command -v "$2"
  else echo "error: expected $2 but found none; hint: npm run setup fetches one, $1=… names another" >&2; exit 3
  fi
}

# Shows a command, then runs it; one whose file is there already is not run again.
step() { # FILE COMMAND …
  local made=$1
  shift
  { printf '\n$'; printf ' %s' "${@@Q}" | sed "s/'\([-A-Za-z0-9_./=,:+]*\)'/\1/g"; printf '\n'; } >&2
  if [ -e "$made" ]; then echo "($made is there)" >&2; else "$@"; fi
}
