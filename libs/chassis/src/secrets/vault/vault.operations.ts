/** What is done at Vault: the label in metrics, with the words for people. */
export const vaultOperations = {
  login: 'logging in',
  lookup_token: 'looking up the token',
  renew_token: 'renewing the token',
  revoke_token: 'revoking the token',
  issue: 'issuing credentials',
  read: 'reading',
  renew_lease: 'renewing a lease',
  revoke_lease: 'revoking a lease',
} as const;

export type VaultOperation = keyof typeof vaultOperations;

/** One thing that is done at one place; holds no secret and no id. */
export interface Purpose {
  operation: VaultOperation;
  /** Path below `/v1/`, as configured. */
  path: string;
}
