import { StackError } from '../stack.error.ts';

/** Postgres cuts longer names off, silently. */
const LONGEST_NAME = 63;

/** Database and roles of one service. */
export interface IdentityNames {
  database: string;
  /** Owns all objects; nobody logs in as it. */
  owner: string;
  /** Changes the schema, acting as the owner. */
  migrator: string;
  /** The group whose rights the service has. */
  runtime: string;
  /** Its two logins: a rotation of static passwords alternates between them. */
  runtimeLogins: readonly [string, string];
  /** Vault's own login, where there is a Vault: makes and drops logins. */
  vault: string;
}

/**
 * @param service kebab-case, like `backend-api`
 * @param suffix keeps several databases of the same service on one server apart
 * @throws StackError when the name can't be made into names for Postgres
 */
export function identityNames(service: string, suffix = ''): IdentityNames {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(service)) {
    throw new StackError(
      `"${service}" is no service name: use lower-case words joined by "-", like backend-api.`,
    );
  }
  const database = [...service.split('-'), ...(suffix ? [suffix] : [])].join('_');
  const runtime = `${database}_runtime`;
  const longest = `${runtime}_a`;
  if (longest.length > LONGEST_NAME) {
    throw new StackError(
      `The service name "${service}" is too long: "${longest}" has more than ${LONGEST_NAME} characters.`,
    );
  }
  return {
    database,
    owner: `${database}_owner`,
    migrator: `${database}_migrator`,
    runtime,
    runtimeLogins: [`${runtime}_a`, `${runtime}_b`],
    vault: `${database}_vault`,
  };
}
