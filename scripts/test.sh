#!/usr/bin/env bash
# Builds everything and runs every test. Needs the .NET 10 SDK; what else a test needs and this machine lacks is said by the test that is skipped.
# Usage: scripts/test.sh [--configuration Debug|Release] [--tiers]
#   --tiers   instead of every test: those of the engine, and all recorded float cases, with every set of instructions that the runtime can be told to leave alone
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

configuration=Release
tiers=false
while [ $# -gt 0 ]; do
  case "$1" in
    --configuration) configuration=${2:?--configuration needs Debug or Release}; shift 2 ;;
    --tiers) tiers=true; shift ;;
    *) sed -n '2,4p' "${BASH_SOURCE[0]}" | cut -c3- >&2; exit 2 ;;
  esac
done

if ! command -v dotnet >/dev/null 2>&1; then
  echo "The .NET 10 SDK is needed: 'dotnet' is not on the PATH." >&2
  exit 1
fi

# The tests start emulators of their own; one that somebody works with is left alone.
unset FIRESTORE_EMULATOR_HOST PUBSUB_EMULATOR_HOST

# The browser tests want Chromium. Where CI may install it, it does; elsewhere they are skipped without it.
if [ "${CI:-}" = true ] && [ -z "${CHROMIUM:-}" ] && ! command -v chromium >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends chromium fonts-dejavu-core fonts-noto-color-emoji; } >/dev/null 2>&1 \
    || echo "Chromium could not be installed." >&2
fi

# So with Google's emulators, where Google's package source is known.
if [ "${CI:-}" = true ] && ! { command -v java && command -v gcloud; } >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
  { apt-get update && apt-get install --yes --no-install-recommends default-jre-headless google-cloud-cli-firestore-emulator google-cloud-cli-pubsub-emulator; } >/dev/null 2>&1 \
    || echo "Google's emulators could not be installed." >&2
fi

# The clients of apps run on node. Their npm packages are fetched where npm is, while the build runs.
if [ "${CI:-}" = true ] && ! { command -v node && command -v npm; } >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends nodejs npm; } >/dev/null 2>&1 || echo "node could not be installed." >&2
fi
install_packages() {
  local folder=tests/Pipeline.Clients.Tests/Node
  if command -v npm >/dev/null 2>&1 && [ ! "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]; then
    (cd "$folder" && npm ci --ignore-scripts --loglevel=error >/dev/null) || echo "The npm packages could not be installed." >&2
  fi
}
install_packages &
packages=$!

dotnet build Pipeline.sln --configuration "$configuration" --nologo --verbosity quiet -consoleLoggerParameters:NoSummary
wait "$packages"

# The engine's tests and the recorded cases, on one tier. Usage: run_tier [VARIABLE TIER]
run_tier() {
  local bin=artifacts/bin name=${1:-nothing}
  local folder="${configuration,,}"
  if (
    if [ $# -gt 0 ]; then
      export "$1=0" PIPELINE_TEST_TIER="$2"
    fi
    "$bin/Pipeline.Inference.Tests/$folder/Pipeline.Inference.Tests" || exit 1
    "$bin/Pipeline.Models.Tests/$folder/Pipeline.Models.Tests" --filter-class '*.Plans.*' || exit 1
    shared=${PIPELINE_SHARED:-../shared}
    if [ -d "$shared/fixtures" ]; then
      "$bin/Pipeline.Fixtures/$folder/Pipeline.Fixtures" "$shared/fixtures/models" "$shared/fixtures/ops/tf" "$shared/fixtures/digits" | grep -v '^SKIPPED' || exit 1
    fi
  ); then
    echo "PASSED with $name switched off"
  else
    echo "FAILED with $name switched off" >&2
    return 1
  fi
}

if [ "$tiers" = true ]; then
  narrower=Portable
  grep -qw avx2 /proc/cpuinfo 2>/dev/null && narrower=Vector256
  status=0
  run_tier || status=1
  run_tier DOTNET_EnableAVX512 "$narrower" || status=1
  run_tier DOTNET_EnableAVX2 Portable || status=1
  run_tier DOTNET_EnableHWIntrinsic Portable || status=1
  exit "$status"
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
dotnet test --solution Pipeline.sln --no-build --configuration "$configuration" 2>&1 | tee "$log" || status=$?

count() { awk -v key="$1:" '/^Test run summary:/ { seen = 1 } seen && $1 == key { value = $2 } END { print value + 0 }' "$log"; }
passed=$(count succeeded)
failed=$(count failed)
skipped=$(count skipped)
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
  echo "The test run ended with code $status before it could count." >&2
  failed=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$status" -eq 0 ]
