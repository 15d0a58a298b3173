# In addition, for a service that uses the login with a name that stays.

path "database/static-creds/${static_login}" {
  capabilities = ["read"]
}
