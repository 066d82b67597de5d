#!/usr/bin/env bash
# Installs the widget's locked packages and builds widget/dist. Needs Node 20 or newer.
set -euo pipefail
cd "$(dirname "$0")/../widget"

major=$(node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/' || true)
if [ -z "$major" ] || [ "$major" -lt 20 ]; then
    cat >&2 <<'MESSAGE'
Node.js 20 or newer was not found; the chat page is built with it.
How to get it:
  Debian/Ubuntu     see https://nodejs.org/en/download (or: nvm install 20)
  macOS             brew install node@20
Then run the same command again.
MESSAGE
    exit 1
fi
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    echo "Installing the chat page's locked packages ..."
    npm ci --no-audit --no-fund --loglevel=error
fi
echo "Building the chat page ..."
npm run --silent build
touch dist/.built
