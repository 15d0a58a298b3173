const { env } = process;

/** What a run of `npm run scan` is told by variables; each described in its --help. */
export const scanEnvironment = {
  /** Where programs are. */
  path: env['PATH'] ?? '',
  schemaLocation: env['KUBECONFORM_SCHEMA_LOCATION'],
  kubescapeArtifacts: env['KUBESCAPE_ARTIFACTS'],
  kicsAssets: env['KICS_ASSETS'],
};
