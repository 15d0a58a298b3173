# What a running service does at Vault, and nothing else. ${…} is filled in when the policy is written.

# Reads a login of its own and its callers' keys.
path "database/creds/${runtime}" {
  capabilities = ["read"]
}
path "secret/data/${database}/api-keys" {
  capabilities = ["read"]
}

# Looks after its own token.
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
path "auth/token/renew-self" {
  capabilities = ["update"]
}
path "auth/token/revoke-self" {
  capabilities = ["update"]
}

# Prolongs and gives back its own logins, nobody else's.
path "sys/leases/renew" {
  capabilities       = ["update"]
  allowed_parameters = { "lease_id" = ["database/creds/${runtime}/*"], "increment" = [] }
}
path "sys/leases/revoke" {
  capabilities       = ["update"]
  allowed_parameters = { "lease_id" = ["database/creds/${runtime}/*"], "sync" = [] }
}
