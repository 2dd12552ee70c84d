#!/usr/bin/env bash
# Builds the product, starts it on this machine, uploads the sample photos, prints what became of them, and keeps serving.
# Usage: scripts/run.sh [--once] [any option of `pipeline run`]
#   --once   end after the table; exit code 0 only if every sample got its known top label
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v dotnet >/dev/null 2>&1; then
  echo "The .NET 10 SDK is needed: 'dotnet' is not on the PATH. See https://dotnet.microsoft.com/download" >&2
  exit 1
fi

echo "Building (a minute or so the first time) …"
log=$(mktemp)
# Analyzers judge changes, not runs: scripts/test.sh builds with them.
if ! dotnet build src/Pipeline.Cli --configuration Release --nologo -property:RunAnalyzers=false >"$log" 2>&1; then
  cat "$log" >&2
  rm -f "$log"
  exit 1
fi
rm -f "$log"
exec dotnet artifacts/bin/Pipeline.Cli/release/pipeline.dll run --samples scripts/samples "$@"
