import { takenNames, type TakenName } from './taken.names.ts';

/** What is put behind a service's name for a pod, an account, a secret or a role of its own. */
export const derivedSuffixes: readonly string[] =
  'migrations key keys db db-credentials db-migrator-credentials owner migrator runtime runtime-a runtime-b vault'.split(
    ' ',
  );

const derivation = (one: string, other: string): string | undefined =>
  derivedSuffixes.find((suffix) => one === `${other}-${suffix}`);

function refuseTaken(name: string, { name: taken, owner, isService }: TakenName): string | undefined {
  if (name === taken)
    return `"${name}" is taken: ${owner} of this workspace has that name. Take another one.`;
  if (!isService) return undefined;
  if (derivation(name, taken) !== undefined)
    return `"${name}" is what the service ${taken} calls a part of its own. Take another name.`;
  return derivation(taken, name) === undefined
    ? undefined
    : `"${name}" would call a part of its own "${taken}", as a service of this workspace is called. Take another name.`;
}

/** Why a workspace can't have another service of a name that is otherwise fine; undefined when it can. */
export const refuseService = (root: string, name: string): string | undefined =>
  takenNames(root)
    .map((taken) => refuseTaken(name, taken))
    .find(Boolean);
