-- Who may do what in one service's database.
--
-- Run by a superuser, connected to that database, with these variables (psql -v name=value):
--   database, owner, migrator, migrator_password, runtime, runtime_login, runtime_password
-- May be repeated: roles stay, passwords and rights become what is said here.

-- A failing statement would otherwise be written to the server's log, password included.
SET log_min_error_statement = panic;
SET log_statement = none;
SET log_min_duration_statement = -1;

BEGIN;

-- CREATE ROLE has no IF NOT EXISTS, and a DO block sees no variables.
SELECT set_config('identities.owner', :'owner', true),
       set_config('identities.migrator', :'migrator', true),
       set_config('identities.runtime', :'runtime', true),
       set_config('identities.runtime_login', :'runtime_login', true);
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY[
    current_setting('identities.owner'),
    current_setting('identities.migrator'),
    current_setting('identities.runtime'),
    current_setting('identities.runtime_login')
  ] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I', wanted);
    END IF;
  END LOOP;
END
$$;

-- The owner owns everything and nobody logs in as it; the runtime is a group, so that its logins can alternate.
ALTER ROLE :"owner" NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE :"runtime" NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE :"migrator" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'migrator_password';
ALTER ROLE :"runtime_login" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'runtime_password';
GRANT :"runtime" TO :"runtime_login" WITH INHERIT TRUE, SET FALSE;

-- The migrator has no rights of its own: it acts as the owner from its first statement, so all it makes is the owner's.
GRANT :"owner" TO :"migrator" WITH INHERIT FALSE, SET TRUE;
ALTER ROLE :"migrator" IN DATABASE :"database" SET role TO :"owner";

-- What Postgres gives everybody.
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

GRANT CONNECT ON DATABASE :"database" TO :"migrator", :"runtime";

ALTER SCHEMA public OWNER TO :"owner";
GRANT USAGE ON SCHEMA public TO :"runtime";

-- The bookkeeping of migrations is none of the runtime's business.
CREATE SCHEMA IF NOT EXISTS migrations;
ALTER SCHEMA migrations OWNER TO :"owner";

-- Holds for what the owner makes later, which is everything.
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"runtime";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
  GRANT USAGE ON SEQUENCES TO :"runtime";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner"
  REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

COMMIT;
