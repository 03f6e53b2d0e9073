#!/bin/sh
# ./install.sh           puts Creator's Toolkit into your menu, and the command ctk into ~/.local/bin
# ./install.sh --remove  takes both out again; then this folder can be deleted
# Nothing is copied, and nobody but you is concerned: the program stays in this folder.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
program=$here/ctk
data=${XDG_DATA_HOME:-$HOME/.local/share}
link=$HOME/.local/bin/ctk

# As desktop entries have it: quoted for the command line, then escaped once more as any value.
quoted() {
    printf '"%s"' "$(printf '%s' "$1" | sed -e 's/[\\"`$]/\\&/g' -e 's/\\/\\\\/g' -e 's/%/%%/g')"
}

escaped() {
    printf '%s' "$1" | sed -e 's/\\/\\\\/g'
}

with_path() {
    while IFS= read -r line; do
        case $line in
            Exec=ctk*) printf 'Exec=%s%s\n' "$(quoted "$program")" "${line#Exec=ctk}" ;;
            TryExec=ctk) printf 'TryExec=%s\n' "$(escaped "$program")" ;;
            *) printf '%s\n' "$line" ;;
        esac
    done
}

install_all() {
    find share -type f | while IFS= read -r file; do
        mkdir -p "$data/$(dirname "${file#share/}")"
        case $file in
            *.desktop) with_path <"$file" >"$data/${file#share/}" ;;
            *) cp "$file" "$data/${file#share/}" ;;
        esac
    done
    if [ ! -e "$link" ] || [ -L "$link" ]; then
        mkdir -p "$(dirname "$link")"
        ln -sfn "$program" "$link"
    else
        echo "$link is something else and was left alone." >&2
    fi
    echo "Creator's Toolkit is in your menu now."
}

remove_all() {
    "$program" --quit || true
    "$program" --startup off || true
    find share -type f | while IFS= read -r file; do
        rm -f "$data/${file#share/}"
    done
    if [ "$(readlink "$link" 2>/dev/null || true)" = "$program" ]; then rm "$link"; fi
    echo "Creator's Toolkit is out of your menu. This folder can be deleted; your catalog stays."
}

refresh() {
    update-desktop-database -q "$data/applications" || true
    update-mime-database "$data/mime" || true
    gtk-update-icon-cache -q -t -f "$data/icons/hicolor" || true
} >/dev/null 2>&1

cd "$here"
case ${1-} in
    '') install_all ;;
    --remove) remove_all ;;
    *) sed -n '2,4s/^# //p' "$0" && exit 2 ;;
esac
refresh
