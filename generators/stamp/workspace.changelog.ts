/** The changelog of a workspace begins with where it comes from. */
export const workspaceChangelog = (version: string): string => `# Changelog

## Unreleased

- Stamped by generator-secure-backend ${version}.
`;
