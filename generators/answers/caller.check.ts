import { isDnsLabel } from './dns.label.ts';

/** Why a list of callers of a service can't be used, in a sentence for the user; undefined when it can. */
export function refuseCallers(callers: readonly string[], service: string): string | undefined {
  const [unusable, twice] = [
    callers.find((caller) => !isDnsLabel(caller)),
    callers.find((caller, n) => callers.indexOf(caller) < n),
  ];
  if (unusable !== undefined)
    return `${JSON.stringify(unusable)} is no name of a caller: it takes lower-case ASCII letters, digits and hyphens between, at most 63. Give what its pods have as label app.kubernetes.io/name.`;
  if (twice !== undefined) return `"${twice}" is named twice as a caller. Name it once.`;
  if (callers.includes(service))
    return `"${service}" can't be its own caller: its pods don't call each other. Leave it out.`;
  return undefined;
}
