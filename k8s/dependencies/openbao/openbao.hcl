ui            = false
api_addr      = "https://openbao.openbao.svc:8200"
cluster_addr  = "https://openbao-0.openbao.openbao.svc:8201"

# A service renews at two thirds; whoever asks for more than a day gets a day.
default_lease_ttl = "1h"
max_lease_ttl     = "24h"

storage "raft" {
  path    = "/openbao/data"
  node_id = "openbao-0"
}

listener "tcp" {
  address         = "[::]:8200"
  tls_cert_file   = "/run/secrets/openbao-tls/tls.crt"
  tls_key_file    = "/run/secrets/openbao-tls/tls.key"
  tls_min_version = "tls13"
}

# Values are stored as keyed hashes; the collector takes the lines from the pod's log.
audit "file" "stdout" {
  options {
    file_path = "stdout"
  }
}
