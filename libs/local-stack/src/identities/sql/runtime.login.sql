-- Lets one of a service's runtime logins in, with a new password and the rights of the others.
--
-- Run by a superuser, with these variables: runtime, login, password

SET log_min_error_statement = panic;
SET log_statement = none;
SET log_min_duration_statement = -1;

BEGIN;

SELECT set_config('identities.login', :'login', true);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = current_setting('identities.login')) THEN
    EXECUTE format('CREATE ROLE %I', current_setting('identities.login'));
  END IF;
END
$$;
ALTER ROLE :"login" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'password';
GRANT :"runtime" TO :"login" WITH INHERIT TRUE, SET FALSE;

COMMIT;
