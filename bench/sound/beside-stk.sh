#!/bin/sh
# Side by side with STK's Bowed: cost per second of sound, and what both make of the same sweep of bow force, from too light
# to too heavy. Opt-in: fetches Debian's STK into a throw-away folder (nothing is installed) and needs g++.
#
#     sh bench/sound/beside-stk.sh [folder]
set -e
folder=$(mkdir -p "${1:-/tmp/stk}" && cd "${1:-/tmp/stk}" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
cd "$folder"
ls libstk-dev*.deb >/dev/null 2>&1 || apt-get download libstk-dev libstk-4.6.2
for package in *.deb; do dpkg -x "$package" root; done
lib=$(dirname "$(find root -name libstk.so)")
# the audio and MIDI devices that the library could open are not used here
for device in librtaudio.so.6 librtmidi.so.6; do
  echo "" | g++ -shared -fPIC -x c++ - -Wl,-soname,"$device" -o "$lib/$device"
done
g++ -O2 -I root/usr/include "$here/stk-bowed.cpp" -L "$lib" -lstk -Wl,--unresolved-symbols=ignore-all -Wl,-z,lazy -o bowed
LD_LIBRARY_PATH=$lib ./bowed root/usr/share/stk/rawwaves/
cd "$here/../.." && npx tsx bench/sound/force-sweep.ts
