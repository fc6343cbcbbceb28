#!/bin/sh
# Runs a TypeScript file of this directory on the Node.js that came with the packages, else on the installed one.
# The caller's directory stays current, so relative file names mean what the caller means.
here=$(dirname -- "$(readlink -f -- "$0")")
file=$here/$1
shift

if [ -x "$here/../node_modules/.bin/node" ]; then
  exec "$here/../node_modules/.bin/node" "$file" "$@"
fi
# 22.18 is the first that runs TypeScript without a flag.
if node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 22 || (major == 22 && minor >= 18) ? 0 : 1)' 2>/dev/null; then
  exec node "$file" "$@"
fi
echo 'Нужен Node.js 22.18 или новее. Установите его или выполните «npm ci» в каталоге программы: он приносит подходящий с собой.' >&2
exit 1
