#!/usr/bin/env bash
# Installs the Debian package on a bare Debian 12 (made by debootstrap in a temporary folder), starts the program as the
# service user with the installed configuration, and asks it for a page. Needs root, debootstrap and Debian's archive.
#   tests/package/run.sh build/release/sangu_0.1.0_amd64.deb
set -euo pipefail
package=$(realpath "$1")
mirror=$(awk '$1 == "URIs:" || $1 == "deb" { print $2; exit }' /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true)
root=$(mktemp -d)
chmod 755 "$root" # the service user must reach its own root
clean() {
    [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true
    umount "$root/proc" 2>/dev/null || true
    rm -rf "$root"
}
trap clean EXIT

debootstrap --variant=minbase bookworm "$root" "$mirror" >/dev/null
cp /etc/apt/apt.conf.d/* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
mount -t proc proc "$root/proc"
cp "$package" "$root/tmp/sangu.deb"
chroot "$root" apt-get update -qq
chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /tmp/sangu.deb >/dev/null
echo "installed: $(chroot "$root" dpkg-query -W -f='${Package} ${Version}, ${Installed-Size} KiB' sangu)"

port=18080
chroot --userspec=sangu:sangu "$root" /usr/bin/sangu serve --config /etc/sangu/sangu.toml --first-run --port "$port" </dev/null >"$root/tmp/log" 2>&1 &
server=$!
for _ in $(seq 50); do
    curl -fs "http://127.0.0.1:$port/readyz" >/dev/null && break
    sleep 0.2
done
curl -sS -w "%{http_code}\n" -o "$root/tmp/page" "http://127.0.0.1:$port/" && grep -q '<h1' "$root/tmp/page" || { cat "$root/tmp/log"; head -c 2000 "$root/tmp/page"; exit 1; }
test -f "$root/var/lib/sangu/sangu.db"
[ "$(stat -c %a "$root/var/lib/sangu/first-administrators")" = 600 ]
chroot "$root" sangu doctor --config /etc/sangu/sangu.toml || true
echo "1 passed, 0 failed"
