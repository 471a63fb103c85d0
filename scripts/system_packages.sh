#!/bin/sh
# Installs the named Debian packages that are missing; without the right to, prints the one command that does.
missing=""
for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
install="apt-get update && apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
    sh -c "$install" >&2
elif sudo -n true 2>/dev/null; then
    sudo -n sh -c "$install" >&2
else
    echo "Missing system packages. Run:  sudo sh -c '$install'" >&2
    exit 1
fi
