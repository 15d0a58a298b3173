import { z } from 'zod';

const ranges = z.record(z.string(), z.string()).optional();

/** What decides in a package.json, or in an entry of a lock file, which packages it needs. */
export const manifestSchema = z.looseObject({
  name: z.string().optional(),
  dependencies: ranges,
  devDependencies: ranges,
  optionalDependencies: ranges,
  peerDependencies: ranges,
  peerDependenciesMeta: z.record(z.string(), z.looseObject({ optional: z.boolean().optional() })).optional(),
});
export type Manifest = z.infer<typeof manifestSchema>;

const flag = z.boolean().optional();

const packageSchema = manifestSchema.extend({
  version: z.string().optional(),
  /** Of a link: the folder that it leads to. */
  resolved: z.string().optional(),
  link: flag,
  dev: flag,
  optional: flag,
  devOptional: flag,
  peer: flag,
  extraneous: flag,
});
export type LockPackage = z.infer<typeof packageSchema>;

/** By location: '' is the root, `libs/chassis` a workspace, `node_modules/zod` a package. */
export type LockPackages = ReadonlyMap<string, LockPackage>;

export const lockSchema = z.looseObject({
  name: z.string(),
  version: z.string().optional(),
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), packageSchema),
});
/** A package-lock.json of npm 9 or later. */
export type LockFile = z.infer<typeof lockSchema>;
