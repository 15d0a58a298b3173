import { readFileSync } from 'node:fs';
import type { Type } from '@nestjs/common';
import { z } from 'zod';
import type { chassisVariables } from '../configuration/index.ts';

/** What makes a service: the parts that are its own. */
export interface ServiceDefinition {
  /** Folder that holds the service's `package.json` and `migrations/`. */
  root: URL;
  /** The service's own wiring. */
  module: Type;
  /** From `defineConfiguration`. */
  configuration: z.ZodObject<typeof chassisVariables>;
}

const manifest = z.object({ name: z.string(), version: z.string(), description: z.string() });

/** Name, version and description, as the service's `package.json` says. */
export type ServiceManifest = z.output<typeof manifest>;

export function readManifest(root: URL): ServiceManifest {
  return manifest.parse(JSON.parse(readFileSync(new URL('package.json', root), 'utf8')));
}

/** Folder of plain SQL files. */
export function migrationsOf(root: URL): URL {
  return new URL('migrations/', root);
}
