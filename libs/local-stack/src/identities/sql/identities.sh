#!/bin/bash
# Gives each service its database and its roles, in a cluster: run at every start of the Postgres pod, so that a service that came
# later, or a changed verifier, is taken up by a restart. Secrets go through psql's own backticks, not onto a command line.
set -euo pipefail

here=$(dirname "$0")
identities=/run/secrets/postgres-identities
export PGHOST=/var/run/postgresql PGUSER=postgres PGPASSWORD
PGPASSWORD=$(</run/secrets/postgres-superuser/password)

# A first start has a server of its own before, which listens on no address.
for _ in {1..240}; do
  if pg_isready --quiet --host=127.0.0.1; then break; fi
  sleep 0.5
done

sql() { psql --no-psqlrc --quiet --output=/dev/null --set=ON_ERROR_STOP=1 "$@"; }

for migrator in "$identities"/*_migrator; do
  database=$(basename "$migrator" _migrator)
  sql --dbname=postgres --set=database="$database" <<'SQL'
SELECT format('CREATE DATABASE %I', :'database')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
SQL
  for runtime in "$identities/${database}_runtime_"?; do
    sql --dbname="$database" <<SQL
\set database '$database'
\set owner '${database}_owner'
\set migrator '${database}_migrator'
\set migrator_password \`cat $migrator\`
\set runtime '${database}_runtime'
\set runtime_login '$(basename "$runtime")'
\set runtime_password \`cat $runtime\`
\i $here/identities.sql
SQL
  done
done
