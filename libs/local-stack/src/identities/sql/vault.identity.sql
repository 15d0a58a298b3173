-- The login with which Vault (OpenBao) issues logins of one service; only where Vault is wanted.
--
-- Run after identities.sql, by a superuser, connected to the service's database, with these variables:
--   database, vault, vault_password, runtime, migrator
-- May be repeated.

SET log_min_error_statement = panic;
SET log_statement = none;
SET log_min_duration_statement = -1;

BEGIN;

SELECT set_config('identities.vault', :'vault', true);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = current_setting('identities.vault')) THEN
    EXECUTE format('CREATE ROLE %I', current_setting('identities.vault'));
  END IF;
END
$$;

-- Makes and drops logins, and has no other right: since Postgres 16, CREATEROLE reaches only the roles one administers.
ALTER ROLE :"vault" LOGIN NOSUPERUSER NOCREATEDB CREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'vault_password';
GRANT CONNECT ON DATABASE :"database" TO :"vault";

-- What it may give to the logins that it makes, without having it itself.
GRANT :"runtime", :"migrator" TO :"vault" WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;

COMMIT;
