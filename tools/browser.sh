#!/bin/sh
# Install Debian's Chromium for the browser tests where that is allowed; without it those tests say that they were skipped.
set -eu
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null || true
fi
command -v chromium >/dev/null 2>&1 ||
    echo "No Chromium found: the browser tests will be skipped. Install the package 'chromium' to run them." >&2
