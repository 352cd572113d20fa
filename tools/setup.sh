# SPDX-License-Identifier: MIT
# Sourced by ./demo and ./check: Debian packages and the build folder. Says what it installs; quick when nothing is missing.

BUILD_PACKAGES="gcc libc6-dev meson ninja-build pkg-config libopenblas-dev libdnnl-dev"
CHECK_PACKAGES="g++ python3 clang-format binutils graphviz"

# setup_packages GROUP…: build, check
setup_packages() {
    wanted=""
    for group in "$@"; do
        case $group in
        build) wanted="$wanted $BUILD_PACKAGES" ;;
        check) wanted="$wanted $CHECK_PACKAGES" ;;
        esac
    done
    missing=""
    for package in $wanted; do
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "setup: these packages (by their Debian names) are missing:$missing" >&2
        exit 1
    fi
    as_root=""
    if [ "$(id -u)" != 0 ]; then
        as_root="sudo"
        command -v sudo >/dev/null 2>&1 || { echo "setup: run as root or install sudo, to install:$missing" >&2; exit 1; }
    fi
    echo "setup: installing Debian packages:$missing"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# setup_build FOLDER OPTION…
setup_build() {
    folder=$1
    shift
    if [ ! -f "$folder/build.ninja" ]; then
        echo "setup: configuring $folder"
        meson setup "$folder" "$@" >"$folder.log" 2>&1 || { cat "$folder.log"; rm -f "$folder.log"; exit 1; }
        rm -f "$folder.log"
    fi
    echo "setup: building $folder"
    ninja -C "$folder" >"$folder/build.log" 2>&1 || { tail -n 60 "$folder/build.log"; exit 1; }
}
