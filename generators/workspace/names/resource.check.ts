import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const servicesOf = (root: string): string[] =>
  readdirSync(join(root, 'apps')).filter((name) => existsSync(join(root, 'apps', name, 'package.json')));

/**
 * Why a service of a workspace can't get a resource of names that are otherwise fine; undefined when it can.
 * @param names of one item and of several
 */
export function refuseResource(
  root: string,
  service: string,
  { resource, plural }: { readonly resource: string; readonly plural: string },
): string | undefined {
  const services = servicesOf(root);
  if (!services.includes(service))
    return `There is no service ${JSON.stringify(service)} in apps/. There is: ${services.join(', ')}.`;
  const sources = join(root, 'apps', service, 'src');
  const slices = existsSync(sources) ? readdirSync(sources) : [];
  const taken = [plural, resource].find((name) => slices.includes(name));
  return taken && `${service} has "${taken}" already, in apps/${service}/src/${taken}. Take another name.`;
}
