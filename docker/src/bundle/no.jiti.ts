/**
 * In place of `jiti`, with which node-pg-migrate loads migrations that are code. Ours are plain SQL, and jiti looks for a
 * cache folder all over the file system as soon as it is loaded, which the permission model ends.
 */
export function createJiti(): { import: (path: string) => never } {
  return {
    import: (path) => {
      throw new Error(`${path} is not a migration: migrations are plain SQL`);
    },
  };
}
