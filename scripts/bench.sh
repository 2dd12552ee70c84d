#!/usr/bin/env bash
# Builds the benchmarks in Release and runs them on the test data beside the checkout. Minutes, not hours: each net has a budget.
# Usage: scripts/bench.sh [engine|images|start|kernels|stores] [options]
#   engine   the engine beside ONNX Runtime: --nets NAMES, --threads NUMBERS, --rounds N, --budget SECONDS, --no-spinning, --interpret, --json FILE
#   images   photos through decoding, preprocessing and inference: --rounds N, --json FILE
#   start    the published programs from their start to the first label, and their memory: --rounds N, --json FILE; with Google's services where their emulator is
#   kernels  the engine's kernels beside the machine's peak, on each tier: --only NAMES, --time MILLISECONDS, --json FILE
#   stores   an upload's event with documents in SQLite and in the Firestore emulator, which is started for it: --rounds N, --json FILE
# Exit code: 0 every figure is there, 1 a net was refused or answered wrongly, 2 used wrongly or the test data is missing.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

what=engine
case "${1-}" in
  engine | images | start | kernels | stores) what=$1; shift ;;
  --*) ;;
  "") ;;
  *) sed -n '2,9p' "${BASH_SOURCE[0]}" | cut -c3- >&2; exit 2 ;;
esac

if ! command -v dotnet >/dev/null 2>&1; then
  echo "The .NET 10 SDK is needed: 'dotnet' is not on the PATH." >&2
  exit 2
fi

if [ "$what" = start ]; then
  for project in functions/Pipeline.Functions src/Pipeline.Cli tests/Pipeline.EmptyApp; do
    dotnet publish "$root/$project" --configuration Release --nologo --verbosity quiet >&2
  done
fi

if [ "$what" = stores ]; then
  dotnet publish "$root/functions/Pipeline.Functions" --configuration Release --nologo --verbosity quiet >&2
fi

# What needs the Firestore emulator; a start is measured without it too.
if [ "$what" = stores ] || [ "$what" = start ]; then
  if [ -z "${FIRESTORE_EMULATOR_HOST-}" ]; then
    if ! "$root/scripts/emulators.sh" status firestore >/dev/null; then
      if "$root/scripts/emulators.sh" start firestore >&2; then
        trap '"$root/scripts/emulators.sh" stop firestore >&2' EXIT
      elif [ "$what" = stores ]; then
        exit 2
      fi
    fi
    FIRESTORE_EMULATOR_HOST=$("$root/scripts/emulators.sh" status firestore | sed -n 's/.* on //p') || true
    export FIRESTORE_EMULATOR_HOST
  fi
fi

dotnet build "$root/tests/Pipeline.Benchmarks" --configuration Release --nologo --verbosity quiet >&2
dotnet "$root/artifacts/bin/Pipeline.Benchmarks/release/Pipeline.Benchmarks.dll" "$what" "$@"
