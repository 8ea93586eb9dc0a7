#!/usr/bin/env bash
# Chromium without a window (headless shell) out of Debian trixie, in a folder of its own, to test pages with: a download of
# 122 MB, 283 MB there, half a minute. Of the libraries only those that it is linked to are kept, and one font.
# usage: chromium.sh DEST    then: DEST/chromium --no-sandbox --disable-gpu …
# Chromium starts itself anew by /proc/self/exe, so no loader can stand in front: the program is told where its own is.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/debian.sh"
dest=${1:?usage: chromium.sh DEST}
[ "$(uname -m)" = x86_64 ] || unavailable "Chromium is fetched for x86_64 only, this machine is $(uname -m)"

mkdir -p "$(dirname "$dest")"
dest=$(cd "$(dirname "$dest")" && pwd)/$(basename "$dest")
new=$dest.new
rm -rf "$new"
mkdir -p "$new/.apt/root" "$new/lib" "$new/fonts/cache"
private_apt "$new/.apt"
echo "downloading Chromium"
(cd "$new/.apt" && apt-get -q download chromium-headless-shell chromium-common fonts-dejavu-core patchelf \
  libc6 libgcc-s1 libstdc++6 libatomic1 zlib1g libzstd1 libbz2-1.0 libbrotli1 libexpat1 libffi8 libcap2 libsystemd0 libudev1 \
  libglib2.0-0t64 libmount1 libblkid1 libselinux1 libpcre2-8-0 libdbus-1-3 libatk1.0-0t64 libatspi2.0-0t64 \
  libfontconfig1 libfreetype6 libharfbuzz0b libharfbuzz-subset0 libgraphite2-3 libpng16-16t64 libjpeg62-turbo liblcms2-2 \
  libopenjp2-7 libdouble-conversion3 libminizip1t64 libnspr4 libnss3 libgbm1 libdrm2 libxkbcommon0 \
  libx11-6 libx11-xcb1 libxau6 libxdmcp6 libxcb1 libxcb-randr0 libxcomposite1 libxdamage1 libxext6 libxfixes3 libxi6 libxrandr2 \
  libxrender1 libxnvctrl0 libdav1d7 libopenh264-8 libopus0 libflac14 libogg0 libvorbis0a libvorbisenc2 libmp3lame0 \
  libmpg123-0t64 libsndfile1 libasound2t64 libasyncns0 libpulse0)
root=$new/.apt/root
for package in "$new"/.apt/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -C "$root" -x --no-same-owner --exclude='./usr/share/doc' \
    --exclude='./usr/lib/x86_64-linux-gnu/gconv' --exclude='./usr/lib/chromium/locales'
done
libraries=$root/usr/lib/x86_64-linux-gnu
loaded() { "$libraries/ld-linux-x86-64.so.2" --library-path "$libraries:$libraries/pulseaudio" "$@"; }
linked=$(loaded --list "$root/usr/lib/chromium/chromium-headless-shell" |
  grep -oE '/[^ ]+ \(' | tr -d ' (' | sort -u)
for library in $linked; do
  [[ $library = "$libraries"/* ]] || { echo "Chromium wants $library, which none of the packages has" >&2; exit 1; }
  cp -L "$library" "$new/lib/" # under the name by which it is asked for
done
for library in "$new"/lib/*.so*; do
  # one with a path of its own does not look where the program says
  [ -z "$(loaded "$root/usr/bin/patchelf" --print-rpath "$library")" ] ||
    loaded "$root/usr/bin/patchelf" --set-rpath '$ORIGIN' "$library"
done
# what a window and reports of crashes need stays behind
(cd "$root/usr/lib/chromium" && mv chromium-headless-shell headless_*.pak icudtl.dat *snapshot*.bin libEGL.so libGLESv2.so \
  libvulkan.so.1 libvk_swiftshader.so vk_swiftshader_icd.json "$new/lib/")
loaded "$root/usr/bin/patchelf" --set-interpreter "$dest/lib/ld-linux-x86-64.so.2" --force-rpath --set-rpath '$ORIGIN' \
  "$new/lib/chromium-headless-shell"
mv "$root"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf "$new/fonts/"
cat > "$new/fonts/fonts.conf" <<C
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>$dest/fonts</dir>
  <cachedir>$dest/fonts/cache</cachedir>
</fontconfig>
C
cat > "$new/chromium" <<'C'
#!/usr/bin/env bash
here=$(dirname "$(readlink -f "$0")")
FONTCONFIG_FILE=$here/fonts/fonts.conf exec "$here/lib/chromium-headless-shell" "$@"
C
chmod +x "$new/chromium"
rm -rf "$new/.apt"
# only now does it count as made
rm -rf "$dest"
mv "$new" "$dest"
"$dest/chromium" --version
