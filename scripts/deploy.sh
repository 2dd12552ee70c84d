#!/usr/bin/env bash
# Deploys every function, its accounts, its trigger and its dead letters. Prints a script of all commands; runs it only with --yes. Can be run again.
# Usage: scripts/deploy.sh PROJECT REGION BUCKET [options]
#   --yes               run what is printed
#   --container         Cloud Run services from the Dockerfile, for a region whose list of runtimes has no dotnet10
#   --model SOURCE      a gs://BUCKET/PREFIX that holds the model. Default: functions/Pipeline.Functions/model travels with the code
#   --prefix PATTERN    which objects are classified, as in Pipeline:Rules. Default: users/{uid}/**
#   --database ID       the Firestore database. Default: (default)
#   --schedule CRON     how often Maintain runs. Default: */5 * * * *
#   --min-instances N   instances of classify-upload that never sleep, 0 to 100. Default 0: Maintain keeps one warm
#   --versioned         the bucket has object versions: results of archived objects are marked deleted too
#   --keep-rules        leave the security rules of the database and the bucket alone. Default: firestore.rules and storage.rules replace them
#   --memory MIB, --cpu N, --concurrency N   instead of what the model needs
# Exit code: 0 done, 1 a command failed, 2 used wrongly.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
  [ $# -eq 0 ] || echo "deploy.sh: $1" >&2
  sed -n '2,/^set /p' "${BASH_SOURCE[0]}" | sed '$d' | cut -c3- >&2
  exit 2
}

run=false container=false versioned=false keep_rules=false
model='' prefix='users/{uid}/**' database='(default)' schedule='*/5 * * * *' min_instances=0 memory='' cpu='' concurrency=''
places=() arguments=("$@")
while [ $# -gt 0 ]; do
  case "$1" in
    --yes) run=true; shift ;;
    --container) container=true; shift ;;
    --versioned) versioned=true; shift ;;
    --keep-rules) keep_rules=true; shift ;;
    --help) usage ;;
    --model | --prefix | --database | --schedule | --min-instances | --memory | --cpu | --concurrency)
      [ -n "${2-}" ] || usage "$1 needs a value."
      name=${1#--}
      printf -v "${name//-/_}" '%s' "$2"
      shift 2 ;;
    -*) usage "'$1' is no option." ;;
    *) places+=("$1"); shift ;;
  esac
done

[ ${#places[@]} -eq 3 ] || usage "PROJECT, REGION and BUCKET are needed; ${#places[@]} given."
project=${places[0]} region=${places[1]} bucket=${places[2]#gs://}

must_match() { [[ $2 =~ ^($3)$ ]] || usage "$1 is '$2'; $4."; }
must_match PROJECT "$project" '[a-z][a-z0-9-]{4,28}[a-z0-9]' 'a project id has 6 to 30 lower-case letters, digits and hyphens'
must_match REGION "$region" '[a-z]+-[a-z]+[0-9]+' 'a region looks like europe-west1'
must_match BUCKET "$bucket" '[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]' 'a bucket has lower-case letters, digits, dots, hyphens and underscores'
must_match --database "$database" '\(default\)|[a-z][a-z0-9-]{2,61}[a-z0-9]' 'a database is (default) or 4 to 63 lower-case letters, digits and hyphens'
must_match --min-instances "$min_instances" '[0-9]|[1-9][0-9]|100' '0 to 100 is allowed'
must_match --prefix "$prefix" '[^~@[:cntrl:]]+' "a pattern has no '~', '@' or control characters"
must_match --schedule "$schedule" '[0-9A-Za-z*/, -]+' 'five fields as cron has them'
must_match --model "${model:-gs://m/m}" 'gs://[a-z0-9._-]+/.+' 'a model is named as gs://BUCKET/PREFIX'
must_match --memory "${memory:-1024}" '[1-9][0-9]{2,4}' 'a number of MiB is needed'
must_match --cpu "${cpu:-1}" '[1248]' '1, 2, 4 or 8 are allowed'
must_match --concurrency "${concurrency:-1}" '[1-9]|[1-9][0-9]{1,2}' '1 to 999 is allowed'

# ---- Sizes, from the model -------------------------------------------------------------------------------------------

# One number of `pipeline model inspect --json`.
model_figure() { sed -n "s/^ *\"$1\": *\([0-9][0-9]*\),*$/\1/p" <<<"$model_facts" | head -n 1; }

if [ -z "$memory" ] && [ -n "$model" ]; then
  usage "a model in Cloud Storage is not looked into from here: give --memory; 'pipeline model inspect' on a copy of it says how many bytes it needs."
fi
if [ -z "$memory" ]; then
  command -v dotnet >/dev/null 2>&1 || usage "the .NET 10 SDK is needed to look into the model: 'dotnet' is not on the PATH. Or give --memory."
  dotnet build "$root/src/Pipeline.Cli" --configuration Release --nologo --verbosity quiet -property:RunAnalyzers=false >&2
  model_facts=$(dotnet "$root/artifacts/bin/Pipeline.Cli/release/pipeline.dll" model inspect "$root/functions/Pipeline.Functions/model" --json)
fi

if ! $keep_rules && [[ $prefix != 'users/{uid}/'* ]]; then
  echo "deploy.sh: firestore.rules and storage.rules speak of users/{uid}/, not of $prefix: change them, or give --keep-rules." >&2
fi

cpu=${cpu:-1}
# MiB that Cloud Run has for so many processors.
least=$((cpu < 4 ? 256 : cpu * 512)) most=$((cpu * 4096))
# One processor classifies while the downloads of others wait for the network.
concurrency=${concurrency:-8}
if [ -z "$memory" ]; then
  # MiB: the idle process, the weights with what loading them takes, for each processor the largest picture that the limits allow (40 M pixels
  # of 4 bytes) and one run of the net, and the bytes of each request (at most 20 MiB).
  mib=1048576
  need=$((160 + $(model_figure constantBytes) * 5 / 2 / mib + cpu * (160 + $(model_figure peakValueBytes) / mib + 1) + concurrency * 20))
  memory=$((least < 512 ? 512 : least))
  while [ "$memory" -lt "$need" ]; do memory=$((memory * 2)); done
fi

if [ "$memory" -lt "$least" ] || [ "$memory" -gt "$most" ]; then
  usage "$memory MiB do not go with $cpu CPU, which have $least to $most: give --cpu (1, 2, 4 or 8) and --memory that do."
fi

# ---- The script ------------------------------------------------------------------------------------------------------

# Words as the printed script has them; @{NAME} becomes a reference to what `capture NAME` found when the script runs.
# The references in single quotes are the printed script's.
# shellcheck disable=SC2016
line() {
  local word text=''
  for word in "$@"; do
    if [[ $word =~ ^[A-Za-z0-9_./:=@%+-]+$ ]]; then
      text+="$word "
    elif [[ $word == *'@{'* ]]; then
      word=${word//\\/\\\\}
      word=${word//'"'/'\"'}
      word=${word//'$'/'\$'}
      word=${word//'`'/'\`'}
      text+="\"${word//'@{'/'${'}\" "
    else
      text+="'${word//\'/\'\\\'\'}' "
    fi
  done
  printf '%s' "${text% }"
}
step() { printf '\n# %s\n' "$1"; }
cmd() { line "$@"; echo; }
capture() {
  local name=$1
  shift
  echo "$name=\$($(line "$@"))"
}
# What exists stays: the first command, up to --, asks.
unless() {
  local ask=()
  while [ "$1" != -- ]; do ask+=("$1"); shift; done
  shift
  printf '%s >/dev/null 2>&1 || %s\n' "$(line "${ask[@]}")" "$(line "$@")"
}
refuse_unless() { printf '%s || { echo %s >&2; exit 1; }\n' "$1" "$(line "$2")"; }

account() { echo "pipeline-$1@$project.iam.gserviceaccount.com"; }
grant_project() { cmd gcloud projects add-iam-policy-binding "$project" "--member=serviceAccount:$1" "--role=$2" --condition=None --quiet; }
grant_bucket() { cmd gcloud storage buckets add-iam-policy-binding "gs://$1" "--member=serviceAccount:$2" "--role=$3" --quiet; }
grant_invoker() { cmd gcloud run services add-iam-policy-binding "$1" "--project=$project" "--region=$region" "--member=serviceAccount:$2" --role=roles/run.invoker --quiet; }

# Seconds. A push waits at most 600: the service ends before its caller gives up on it, and the next call begins after that.
upload_timeout=240 upload_deadline=260 maintain_timeout=300 maintain_deadline=320s

# Settings of an earlier call that this one does not have. What somebody has set besides stays.
no_longer_set() { [ -n "$model" ] || echo --remove-env-vars=Pipeline__Models__0__Name,Pipeline__Models__0__Folder; }

settings() {
  local name=$1 value
  local values=("Pipeline__Firestore__Project=$project" "Pipeline__Firestore__Database=$database" "Pipeline__Buckets__0__Bucket=$bucket"
    "Pipeline__Rules__0__Match=$prefix" "Pipeline__Callers__Mode=platform" Pipeline__Callers__AcceptRemovedSignature=true
    "Pipeline__Callers__Accounts__0=$(account events)" "Pipeline__Callers__Accounts__1=$(account scheduler)" "Pipeline__Callers__Accounts__2=$(account worker)")
  [ -z "$model" ] || values+=('Pipeline__Models__0__Name=default' "Pipeline__Models__0__Folder=$model")
  case "$name" in
    maintain) values+=('Pipeline__WarmUp__Urls__0=@{CLASSIFY_UPLOAD_URL}') ;;
  esac
  # Another separator than the comma: patterns may hold one.
  local text='^~^'
  for value in "${values[@]}"; do text+="$value~"; done
  echo "${text%\~}"
}

target_of() {
  case "$1" in
    classify-upload) echo Pipeline.Functions.ClassifyUpload ;;
    forget-upload | forget-archived) echo Pipeline.Functions.ForgetUpload ;;
    classify-requested) echo Pipeline.Functions.ClassifyRequested ;;
    maintain) echo Pipeline.Functions.Maintain ;;
    capture-dead-letter) echo Pipeline.Functions.CaptureDeadLetter ;;
    classify) echo Pipeline.Functions.Classify ;;
  esac
}

# deploy NAME TIMEOUT ACCESS [TRIGGER…]: the triggers are those of gcloud functions; for containers they are made into Eventarc's own.
deploy() {
  local name=$1 timeout=$2 access=$3
  shift 3
  local instances=0 unset=()
  [ "$name" != classify-upload ] || instances=$min_instances
  mapfile -t unset < <(no_longer_set)
  if $container; then
    cmd gcloud run deploy "$name" "--project=$project" "--region=$region" "--image=$image" "--service-account=$(account worker)" "$access" \
      "--memory=${memory}Mi" "--cpu=$cpu" "--concurrency=$concurrency" "--timeout=${timeout}s" "--min-instances=$instances" --cpu-boost \
      "--update-env-vars=$(settings "$name")~FUNCTION_TARGET=$(target_of "$name")" ${unset[@]+"${unset[@]}"} \
      '--startup-probe=httpGet.path=/health/ready,periodSeconds=1,failureThreshold=120,timeoutSeconds=1' --quiet
    [ $# -eq 0 ] || container_trigger "$name" "$@"
  else
    cmd gcloud functions deploy "$name" --gen2 "--project=$project" "--region=$region" --runtime=dotnet10 --source=. "--entry-point=$(target_of "$name")" \
      '--set-build-env-vars=GOOGLE_BUILDABLE=functions/Pipeline.Functions' "--build-service-account=projects/$project/serviceAccounts/$(account build)" \
      "--service-account=$(account worker)" "$access" "--memory=${memory}Mi" "--cpu=$cpu" "--concurrency=$concurrency" "--timeout=${timeout}s" \
      "--min-instances=$instances" "--update-env-vars=$(settings "$name")" ${unset[@]+"${unset[@]}"} "${@:---trigger-http}" --quiet
  fi
}

container_trigger() {
  local name=$1 option location=$region
  local create=("--destination-run-service=$name" "--destination-run-region=$region" "--service-account=$(account events)")
  shift
  for option in "$@"; do
    case "$option" in
      --trigger-location=*) location=${option#*=} ;;
      --trigger-event-filters=*) create+=("--event-filters=${option#*=}") ;;
      --trigger-event-filters-path-pattern=*) create+=("--event-filters-path-pattern=${option#*=}") ;;
      --trigger-topic=*) create+=(--event-filters=type=google.cloud.pubsub.topic.v1.messagePublished "--transport-topic=projects/$project/topics/${option#*=}") ;;
    esac
  done
  [[ " ${create[*]} " != *google.cloud.firestore.* ]] || create+=(--event-data-content-type=application/protobuf)
  unless gcloud eventarc triggers describe "$name" "--project=$project" "--location=$location" -- \
    gcloud eventarc triggers create "$name" "--project=$project" "--location=$location" "${create[@]}" --quiet
}

# What the platform could not deliver goes to the topic of dead letters, and its waiting time is longer than the function may take.
dead_letters_of() {
  local name=$1 location=$2
  if $container; then
    capture TRIGGER echo "$name"
  else
    capture TRIGGER gcloud functions describe "$name" --gen2 "--project=$project" "--region=$region" '--format=value(eventTrigger.trigger.basename())'
  fi
  capture SUBSCRIPTION gcloud eventarc triggers describe '@{TRIGGER}' "--project=$project" "--location=$location" '--format=value(transport.pubsub.subscription)'
  cmd gcloud pubsub subscriptions add-iam-policy-binding '@{SUBSCRIPTION}' "--project=$project" "--member=serviceAccount:$pubsub_agent" --role=roles/pubsub.subscriber --quiet
  cmd gcloud pubsub subscriptions update '@{SUBSCRIPTION}' "--project=$project" "--ack-deadline=$upload_deadline" \
    "--dead-letter-topic=projects/$project/topics/$dead_topic" --max-delivery-attempts=10 --quiet
}

storage_trigger() {
  printf '%s\n' "--trigger-location=@{BUCKET_LOCATION}" "--trigger-service-account=$(account events)" \
    "--trigger-event-filters=type=google.cloud.storage.object.v1.$1" "--trigger-event-filters=bucket=$bucket"
}

events() {
  local name=$1
  shift
  local retry=(--retry)
  ! $container || retry=()
  deploy "$name" "$upload_timeout" --no-allow-unauthenticated "$@" ${retry[@]+"${retry[@]}"}
  grant_invoker "$name" "$(account events)"
}

image="$region-docker.pkg.dev/$project/pipeline/worker:latest"
dead_topic=pipeline-dead-letters
pubsub_agent='service-@{PROJECT_NUMBER}@gcp-sa-pubsub.iam.gserviceaccount.com'

# The references in single quotes are the printed script's.
# shellcheck disable=SC2016
plan() {
  echo "# Deploys to project $project, region $region, uploads of gs://$bucket. Each function has $memory MiB, $cpu CPU, $concurrency requests at once."
  echo "set -euo pipefail"
  printf 'cd %s\n' "$(line "$root")"

  step 'What must be there'
  capture PROJECT_NUMBER gcloud projects describe "$project" '--format=value(projectNumber)'
  capture DEPLOYER gcloud config get-value account
  refuse_unless '[ -n "$DEPLOYER" ]' "Nobody is signed in to the Google Cloud CLI."
  echo 'case "$DEPLOYER" in *.gserviceaccount.com) DEPLOYER=serviceAccount:$DEPLOYER ;; *) DEPLOYER=user:$DEPLOYER ;; esac'
  capture BUCKET_LOCATION gcloud storage buckets describe "gs://$bucket" "--project=$project" '--format=value(location.lower())'
  capture DATABASE_TYPE gcloud firestore databases describe "--project=$project" "--database=$database" '--format=value(type)'
  refuse_unless '[ "$DATABASE_TYPE" = FIRESTORE_NATIVE ]' "The database $database of $project is not in native mode: clients cannot listen to it. Create another and name it with --database."
  capture DATABASE_LOCATION gcloud firestore databases describe "--project=$project" "--database=$database" '--format=value(locationId)'

  step 'Services'
  local services=(run eventarc eventarcpublishing pubsub storage firestore cloudscheduler cloudbuild artifactregistry logging monitoring iam)
  $container || services+=(cloudfunctions)
  cmd gcloud services enable "${services[@]/%/.googleapis.com}" "--project=$project"
  if ! $container; then
    # Not before: a project that never had a function cannot be asked.
    capture RUNTIMES gcloud functions runtimes list "--project=$project" "--region=$region" '--format=value(name)'
    refuse_unless 'grep -qx dotnet10 <<<"$RUNTIMES"' "Cloud Run functions in $region do not list the runtime dotnet10: deploy with --container."
  fi

  step 'One account for each duty, with what it needs'
  local duty
  for duty in worker events scheduler build; do
    unless gcloud iam service-accounts describe "$(account "$duty")" "--project=$project" -- \
      gcloud iam service-accounts create "pipeline-$duty" "--project=$project" "--display-name=Pipeline: $duty"
  done
  for duty in worker events scheduler build; do
    cmd gcloud iam service-accounts add-iam-policy-binding "$(account "$duty")" "--project=$project" '--member=@{DEPLOYER}' --role=roles/iam.serviceAccountUser --quiet
  done
  grant_project "$(account worker)" roles/datastore.user
  grant_project "$(account worker)" roles/logging.logWriter
  grant_project "$(account worker)" roles/monitoring.metricWriter
  # No condition on a prefix: without the right to list the bucket, Cloud Storage answers 403 where an object is gone, and deletions could not be told from faults.
  grant_bucket "$bucket" "$(account worker)" roles/storage.objectViewer
  if [ -n "$model" ]; then
    local place=${model#gs://}
    grant_bucket "${place%%/*}" "$(account worker)" roles/storage.objectViewer
  fi
  grant_project "$(account events)" roles/eventarc.eventReceiver
  grant_project "$(account build)" roles/cloudbuild.builds.builder
  capture STORAGE_AGENT gcloud storage service-agent "--project=$project"
  grant_project '@{STORAGE_AGENT}' roles/pubsub.publisher

  step 'Dead letters of the platform'
  unless gcloud pubsub topics describe "$dead_topic" "--project=$project" -- gcloud pubsub topics create "$dead_topic" "--project=$project"
  cmd gcloud beta services identity create --service=pubsub.googleapis.com "--project=$project"
  cmd gcloud pubsub topics add-iam-policy-binding "$dead_topic" "--project=$project" "--member=serviceAccount:$pubsub_agent" --role=roles/pubsub.publisher --quiet

  if $container; then
    step 'The image'
    unless gcloud artifacts repositories describe pipeline "--project=$project" "--location=$region" -- \
      gcloud artifacts repositories create pipeline "--project=$project" "--location=$region" --repository-format=docker
    cmd gcloud builds submit . "--project=$project" "--tag=$image" "--service-account=projects/$project/serviceAccounts/$(account build)" --default-buckets-behavior=regional-user-owned-bucket
  fi

  step 'Functions'
  local trigger
  mapfile -t trigger < <(storage_trigger finalized)
  events classify-upload "${trigger[@]}"
  capture CLASSIFY_UPLOAD_URL gcloud run services describe classify-upload "--project=$project" "--region=$region" '--format=value(status.url)'
  mapfile -t trigger < <(storage_trigger deleted)
  events forget-upload "${trigger[@]}"
  if $versioned; then
    mapfile -t trigger < <(storage_trigger archived)
    events forget-archived "${trigger[@]}"
  fi
  events classify-requested '--trigger-location=@{DATABASE_LOCATION}' "--trigger-service-account=$(account events)" \
    '--trigger-event-filters=type=google.cloud.firestore.document.v1.created' "--trigger-event-filters=database=$database" \
    '--trigger-event-filters-path-pattern=document=classificationRequests/{id}'
  events capture-dead-letter "--trigger-service-account=$(account events)" "--trigger-topic=$dead_topic"
  deploy maintain "$maintain_timeout" --no-allow-unauthenticated
  deploy classify "$upload_timeout" --allow-unauthenticated

  step 'Maintain is called by the scheduler, and itself calls classify-upload to keep it warm'
  capture MAINTAIN_URL gcloud run services describe maintain "--project=$project" "--region=$region" '--format=value(status.url)'
  grant_invoker maintain "$(account scheduler)"
  grant_invoker classify-upload "$(account worker)"
  local job=("--project=$project" "--location=$region" "--schedule=$schedule" '--uri=@{MAINTAIN_URL}' --http-method=POST
    "--oidc-service-account-email=$(account scheduler)" '--oidc-token-audience=@{MAINTAIN_URL}' "--attempt-deadline=$maintain_deadline")
  printf 'if gcloud scheduler jobs describe pipeline-maintain %s >/dev/null 2>&1; then\n  ' "$(line "--project=$project" "--location=$region")"
  cmd gcloud scheduler jobs update http pipeline-maintain "${job[@]}"
  printf 'else\n  '
  cmd gcloud scheduler jobs create http pipeline-maintain "${job[@]}"
  echo 'fi'

  step 'Rules, indexes and the time to live of documents, of this database and this bucket'
  local parts=firestore,storage
  ! $keep_rules || parts=firestore:indexes
  local config="{\"firestore\":[{\"database\":\"$database\",\"rules\":\"firestore.rules\",\"indexes\":\"firestore.indexes.json\"}],"
  config+="\"storage\":[{\"bucket\":\"$bucket\",\"rules\":\"storage.rules\"}]}"
  capture RULES mktemp -d
  echo "trap 'rm -r \"\$RULES\"' EXIT"
  cmd cp firestore.rules firestore.indexes.json storage.rules '@{RULES}'
  printf 'echo %s >%s\n' "$(line "$config")" "$(line '@{RULES}/firebase.json')"
  cmd firebase deploy --config '@{RULES}/firebase.json' --only "$parts" "--project=$project" --non-interactive

  step 'Last: from here on the platform gives up on an event after ten deliveries and hands it to capture-dead-letter'
  dead_letters_of classify-upload '@{BUCKET_LOCATION}'
  dead_letters_of forget-upload '@{BUCKET_LOCATION}'
  ! $versioned || dead_letters_of forget-archived '@{BUCKET_LOCATION}'
  dead_letters_of classify-requested '@{DATABASE_LOCATION}'
}

script=$(plan)
if ! $run; then
  echo "$script"
  printf '\n# Nothing was run. Run it with: %s --yes\n' "$(line scripts/deploy.sh "${arguments[@]}")"
  exit 0
fi

for tool in gcloud firebase; do
  command -v "$tool" >/dev/null 2>&1 || { echo "'$tool' is needed and not on the PATH." >&2; exit 1; }
done
# Nobody answers questions: a command that asks one must not read the script instead.
PS4='+ ' bash -x -c "$script" </dev/null || { echo "The command above failed. What was done stays; the same call goes on from there." >&2; exit 1; }
