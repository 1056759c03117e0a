#!/bin/sh
# Registered again each night: somebody keeps removing them.
set -eu
cd "$(dirname "$0")/.."
python scripts/hook.py register --event thread_closed --url "$HOOK_URL"
python scripts/hook.py register --event incoming_chat_thread --url "$HOOK_URL"
