# Real parts for the tests, where this machine has the means beside the checkout: a Vault, base images, a Kubernetes, scanners, an
# analyser of policies. Without them their tests would be skipped, which counts as failed. Sourced by .ci/run.

tools=../shared/tools
parts=$(mktemp -d)
mkdir "$parts/bin"

# Built once per machine, which can take ten minutes; meanwhile the first steps run.
build_parts() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && [ -x "$tools/base-images" ]; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends \
      podman buildah runc netavark gcc libc6-dev pkg-config libseccomp-dev nftables iproute2 openssl zstd postgresql-client
  fi
  part base-images "$tools/base-images"
  part cyclonus "$tools/go-tool" cyclonus
  part cluster "$tools/cluster/cluster" build
  part judge "$tools/judge" --install-only
  part dependencies "$tools/base-images" --dependencies
}

# part NAME COMMAND...: its output is kept; a part that fails is missed by its tests.
part() {
  local name=$1
  shift
  [ -x "$1" ] || return 0
  if "$@" >"$parts/$name" 2>"$parts/$name.log"; then return 0; fi
  echo "the part $name has failed:"
  tail -n 5 "$parts/$name.log"
}

# Puts on the PATH, and into the environment, what has come about.
use_parts() {
  local cache=${XDG_CACHE_HOME:-$HOME/.cache} program
  for program in "$cache"/judges/bin/* "$cache"/judges/venv/{checkov,hadolint}/bin/{checkov,hadolint} "$cache"/local-cluster/bin/{etcd,kube-apiserver,kubectl}; do
    if [ -x "$program" ]; then ln -sf "$program" "$parts/bin/"; fi
  done
  if [ -s "$parts/cyclonus" ]; then ln -sf "$(tail -n 1 "$parts/cyclonus")" "$parts/bin/cyclonus"; fi
  export PATH="$parts/bin:$PATH"
  if [ -d "$cache/judges" ]; then
    export KUBECONFORM_SCHEMA_LOCATION
    KUBECONFORM_SCHEMA_LOCATION="$(echo "$cache"/judges/schemas-*)/{{ .ResourceKind }}{{ .KindSuffix }}.json"
  fi
  if [ -s "$parts/base-images" ]; then
    export STORAGE_DRIVER=${STORAGE_DRIVER:-overlay} IMAGE_BUILD_FLAGS IMAGE_RUN_FLAGS
    IMAGE_BUILD_FLAGS=$("$tools/base-images" --flags docker/Dockerfile)
    IMAGE_RUN_FLAGS=$(printf '%s\n' --runtime=/usr/sbin/runc --ulimit=nofile=1024:1024 --ulimit=nproc=1000:1000)
  fi
}
