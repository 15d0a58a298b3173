import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The services of a workspace, by their names. */
export function servicesOf(root: string): string[] {
  const apps = join(root, 'apps');
  return existsSync(apps)
    ? readdirSync(apps).filter((name) => existsSync(join(apps, name, 'package.json')))
    : [];
}

/** Why a service can't get anything, in a sentence for the user: there is none of that name. Undefined when there is. */
export function refuseUnknownService(root: string, name: string): string | undefined {
  const services = servicesOf(root);
  return services.includes(name)
    ? undefined
    : `There is no service ${JSON.stringify(name)} in apps/. There is: ${services.join(', ')}.`;
}
