/** The environment as a process gets it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Names that carry a secret. Variables leak through /proc, core dumps and child processes and can't rotate
 * (Kubernetes: "Good practices for Secrets"), so production takes secrets from mounted files only.
 */
const secretNames = [
  /^(DATABASE|POSTGRES|DB)_(URL|PASSWORD|USER|USERNAME)$/,
  /(^|_)API_?KEYS?$/,
  /^VAULT_(TOKEN|SECRET_ID)$/,
  /^BAO_TOKEN$/,
];

/** Rules that only production has; each line names a variable and the cure. */
export function productionProblems(environment: Environment): string[] {
  const secrets = Object.keys(environment)
    .filter((name) => secretNames.some((pattern) => pattern.test(name)))
    .map((name) => `${name}: holds a secret; unset it and mount the secret below SECRETS_DIRECTORY`);
  const driver = Object.keys(environment)
    .filter((name) => /^PG[A-Z]+$/.test(name))
    .map((name) => `${name}: the driver of Postgres would obey it; unset it and use the DATABASE_ variables`);
  const tls =
    environment['DATABASE_CA_FILE'] === undefined
      ? ['DATABASE_CA_FILE: is missing; production reaches Postgres over verified TLS only']
      : [];
  return [...secrets, ...driver, ...tls];
}
