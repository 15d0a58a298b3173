#!/bin/bash
# Gives each service its database and its roles, in a cluster: run at every start of the Postgres pod, so that a service that came
# later, or a changed verifier, is taken up by a restart. Secrets go through psql's own backticks, not onto a command line.
set -euo pipefail
shopt -s nullglob

here=$(dirname "$0")
secrets=${SECRETS_DIRECTORY:-/run/secrets}
identities=$secrets/postgres-identities
export PGHOST=${PGHOST:-/var/run/postgresql} PGUSER=postgres PGPASSWORD
PGPASSWORD=$(<"$secrets/postgres-superuser/password")

fail() {
  echo "identities: $*" >&2
  exit 1
}

sql() { psql --no-psqlrc --quiet --output=/dev/null --set=ON_ERROR_STOP=1 --set=VERBOSITY=terse "$@"; }

migrators=("$identities"/*_migrator)
[ ${#migrators[@]} -gt 0 ] || fail "no login of a service in $identities"
for login in "$identities"/*; do
  # A password in its place would be one that this pod isn't meant to know.
  [[ $(<"$login") == 'SCRAM-SHA-256$'* ]] || fail "$login holds no SCRAM verifier"
done

# A first start has a server of its own before, which listens on no address.
for _ in {1..240}; do
  if pg_isready --quiet --host=127.0.0.1; then break; fi
  sleep 0.5
done

for migrator in "${migrators[@]}"; do
  database=$(basename "$migrator" _migrator)
  runtimes=("$identities/${database}_runtime_"?)
  [ ${#runtimes[@]} -gt 0 ] || fail "$database has a migrator and no runtime login"
  sql --dbname=postgres --set=database="$database" <<'SQL'
SELECT format('CREATE DATABASE %I TEMPLATE template0', :'database')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
SQL
  for runtime in "${runtimes[@]}"; do
    sql --dbname="$database" <<SQL
\set database '$database'
\set owner '${database}_owner'
\set migrator '${database}_migrator'
\set migrator_password \`cat '$migrator'\`
\set runtime '${database}_runtime'
\set runtime_login '$(basename "$runtime")'
\set runtime_password \`cat '$runtime'\`
\i '$here/identities.sql'
SQL
  done
done
