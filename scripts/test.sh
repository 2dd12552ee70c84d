#!/usr/bin/env bash
# Builds everything and runs every test. Needs the .NET 10 SDK; what else a test needs and this machine lacks is said by the test that is skipped.
# Usage: scripts/test.sh [--configuration Debug|Release]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

configuration=Release
while [ $# -gt 0 ]; do
  case "$1" in
    --configuration) configuration=${2:?--configuration needs Debug or Release}; shift 2 ;;
    *) sed -n '2,3p' "${BASH_SOURCE[0]}" | cut -c3- >&2; exit 2 ;;
  esac
done

if ! command -v dotnet >/dev/null 2>&1; then
  echo "The .NET 10 SDK is needed: 'dotnet' is not on the PATH." >&2
  exit 1
fi

dotnet build Pipeline.sln --configuration "$configuration" --nologo --verbosity quiet -consoleLoggerParameters:NoSummary

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
