-- The login with which Vault (OpenBao) issues logins of one service; only where Vault is wanted.
--
-- Run after identities.sql, by a superuser, connected to the service's database, with these variables:
--   database, vault, vault_password, runtime, migrator, static_login
-- May be repeated.

SET log_min_error_statement = panic;
SET log_statement = none;
SET log_min_duration_statement = -1;

BEGIN;

SELECT set_config('identities.vault', :'vault', true),
       set_config('identities.static_login', :'static_login', true);
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY[
    current_setting('identities.vault'),
    current_setting('identities.static_login')
  ] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I', wanted);
    END IF;
  END LOOP;
END
$$;

-- Makes and drops logins, and has no other right: since Postgres 16, CREATEROLE reaches only the roles one administers.
ALTER ROLE :"vault" LOGIN NOSUPERUSER NOCREATEDB CREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'vault_password';
GRANT CONNECT ON DATABASE :"database" TO :"vault";

-- What it may give to the logins that it makes, without having it itself.
GRANT :"runtime", :"migrator" TO :"vault" WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;

-- A login with a name that stays, whose password Vault changes.
ALTER ROLE :"static_login" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
GRANT :"runtime" TO :"static_login" WITH INHERIT TRUE, SET FALSE;
GRANT :"static_login" TO :"vault" WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;

COMMIT;
