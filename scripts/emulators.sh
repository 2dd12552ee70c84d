#!/usr/bin/env bash
# Starts and stops Google's emulators of Firestore and Pub/Sub on the ports of firebase.json, with firestore.rules loaded. Needs java and the emulators:
# the Google Cloud SDK's, the Firebase CLI's, or those that FIRESTORE_EMULATOR_JAR and PUBSUB_EMULATOR_JAR name.
# Usage: scripts/emulators.sh start|stop|status [firestore|pubsub]
#   start    starts what does not run, waits until it answers, and checks that the rules hold
#   stop     ends what this script started
#   status   says what runs; exit code 0 only if all of it does
# Documents and messages are in memory only.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly state=artifacts/emulators
readonly host=127.0.0.1
readonly patience=60

usage() {
  sed -n '2,8p' "${BASH_SOURCE[0]}" | cut -c3- >&2
  exit 2
}

fail() {
  echo "$1" >&2
  exit 1
}

port_of() { sed -n "s/.*\"$1\": *{[^}]*\"port\": *\([0-9][0-9]*\).*/\1/p" firebase.json; }

# Prints the newest file that matches, in the Google Cloud SDK or where the Firebase CLI keeps its downloads.
find_jar() {
  local name=$1 configured=$2 folder=$3 pattern=$4 gcloud roots=() root jar
  if [ -n "$configured" ]; then
    [ -f "$configured" ] || fail "There is no file $configured."
    echo "$configured"
    return
  fi
  if gcloud=$(command -v gcloud); then
    roots+=("$(dirname "$(dirname "$(readlink -f "$gcloud")")")/platform/$folder")
  fi
  roots+=("$HOME/google-cloud-sdk/platform/$folder" "$HOME/.cache/firebase/emulators")
  for root in "${roots[@]}"; do
    [ -d "$root" ] || continue
    jar=$(find "$root" -maxdepth 1 -name "$pattern" | sort -r | head -n 1)
    if [ -n "$jar" ]; then
      echo "$jar"
      return
    fi
  done
  fail "The $name emulator is not installed: gcloud components install $5, or apt-get install google-cloud-cli-$5."
}

answers() { curl --silent --fail --output /dev/null --max-time 5 "http://$host:$1/"; }

# Whether the process that this script started still runs. A number that was given away since belongs to another program.
runs() {
  local pid
  [ -f "$state/$1.pid" ] || return 1
  pid=$(cat "$state/$1.pid")
  ps -p "$pid" -o args= 2>/dev/null | grep -q -- "--port=$(port_of "$1")"
}

launch() {
  local name=$1 port waited=0
  shift
  port=$(port_of "$name")
  if runs "$name"; then
    echo "$name: runs already on $host:$port"
    return
  fi
  if answers "$port"; then
    fail "$name: another program answers on $host:$port."
  fi
  mkdir -p "$state"
  nohup java "$@" "--host=$host" "--port=$port" >"$state/$name.log" 2>&1 </dev/null &
  echo $! >"$state/$name.pid"
  until answers "$port"; do
    waited=$((waited + 1))
    if ! runs "$name" || [ "$waited" -ge $((patience * 5)) ]; then
      tail -n 20 "$state/$name.log" >&2
      end "$name"
      fail "$name: did not start on $host:$port."
    fi
    sleep 0.2
  done
}

end() {
  local name=$1 pid
  if runs "$name"; then
    pid=$(cat "$state/$name.pid")
    kill "$pid"
    for _ in $(seq 50); do
      runs "$name" || break
      sleep 0.2
    done
    if runs "$name"; then
      kill -KILL "$pid"
    fi
    echo "$name: stopped"
  else
    echo "$name: was not running"
  fi
  rm -f "$state/$name.pid"
}

# An emulator whose rules do not compile looks healthy, and one without rules lets everybody do everything: only a refused write tells.
check_rules() {
  local port answer
  port=$(port_of firestore)
  answer=$(curl --silent --max-time 20 --request POST --header 'Content-Type: application/json' --data '{"fields":{}}' \
    "http://$host:$port/v1/projects/demo-rules/databases/(default)/documents/classifications?documentId=rules") || true
  case "$answer" in
    *'"PERMISSION_DENIED"'*) ;;
    *)
      end firestore >/dev/null
      fail "firestore: the rules of firestore.rules do not hold: $answer"
      ;;
  esac
}

start_firestore() {
  local jar
  jar=$(find_jar Firestore "${FIRESTORE_EMULATOR_JAR:-}" cloud-firestore-emulator 'cloud-firestore-emulator*.jar' firestore-emulator)
  mkdir -p "$state"
  # Without this every refused precondition writes a stack trace.
  echo '.level=OFF' >"$state/logging.properties"
  launch firestore -Duser.language=en -Xmx512m "-Djava.util.logging.config.file=$state/logging.properties" -cp "$jar" \
    com.google.cloud.datastore.emulator.firestore.CloudFirestore --rules=firestore.rules
  check_rules
  echo "firestore: export FIRESTORE_EMULATOR_HOST=$host:$(port_of firestore)"
}

start_pubsub() {
  local jar
  jar=$(find_jar Pub/Sub "${PUBSUB_EMULATOR_JAR:-}" pubsub-emulator/lib 'cloud-pubsub-emulator*.jar' pubsub-emulator)
  launch pubsub -Xmx256m -jar "$jar"
  echo "pubsub: export PUBSUB_EMULATOR_HOST=$host:$(port_of pubsub)"
}

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
  usage
fi
case "${2:-all}" in
  all) names=(firestore pubsub) ;;
  firestore | pubsub) names=("$2") ;;
  *) usage ;;
esac

case "$1" in
  start)
    for tool in java curl; do
      command -v "$tool" >/dev/null 2>&1 || fail "'$tool' is needed and not on the PATH."
    done
    for name in "${names[@]}"; do
      "start_$name"
    done
    ;;
  stop)
    for name in "${names[@]}"; do
      end "$name"
    done
    ;;
  status)
    status=0
    for name in "${names[@]}"; do
      if runs "$name" && answers "$(port_of "$name")"; then
        echo "$name: runs on $host:$(port_of "$name")"
      else
        echo "$name: does not run"
        status=1
      fi
    done
    exit "$status"
    ;;
  *) usage ;;
esac
