# Sourced by the scripts beside it: packages of Debian trixie, unpacked in a private folder. No root needed,
# nothing is installed in the system, and this machine's own apt is left as it is.
# usage: . debian.sh; private_apt DIR [deb-src]   -> exports APT_CONFIG, fetches the package lists
# ends with exit code 3 where this machine cannot do that at all (no apt, no Debian keyring, no mirror known)

unavailable() { echo "$1" >&2; exit 3; }

private_apt() {
  local dir=$1 key=/usr/share/keyrings/debian-archive-keyring.gpg mirror
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || unavailable "this machine has no apt"
  [ -r "$key" ] || unavailable "this machine has no Debian keyring ($key)"
  mirror=$(cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null |
    grep -v '^#' | grep -oE '[a-z]+://[^ ]+/debian/?( |$)' | head -n 1 | tr -d ' ') || true
  [ -n "$mirror" ] || unavailable "this machine's apt knows no Debian mirror"
  mkdir -p "$dir"/{lists/partial,cache/archives/partial,parts,preferences,log}
  : > "$dir/status"
  echo "${2:-deb} [signed-by=$key] $mirror trixie main" > "$dir/sources.list"
  cat > "$dir/apt.conf" <<C
Dir::Etc::sourcelist "$dir/sources.list";
Dir::Etc::sourceparts "$dir/parts";
Dir::Etc::preferencesparts "$dir/preferences";
Dir::State "$dir";
Dir::State::lists "$dir/lists";
Dir::State::status "$dir/status";
Dir::Cache "$dir/cache";
Dir::Log "$dir/log";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
APT::Sandbox::User "$(id -un)";
C
  export APT_CONFIG="$dir/apt.conf"
  # apt answers 0 where a list could not be fetched, unless told that this is an error
  apt-get -q -o APT::Update::Error-Mode=any update
}
