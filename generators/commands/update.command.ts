import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersFile, readAnswers, type Answers, type Recorded } from '../answers/index.ts';
import {
  applyUpdate,
  changelogBetween,
  checkWorkspace,
  completeBases,
  exitStatus,
  findBaseless,
  findBases,
  openWorkspace,
  type OwnerOf,
  planUpdate,
  reportCheck,
  reportUpdate,
  type UpdatePlan,
} from '../merge/index.ts';
import { parseNames } from '../rename/index.ts';
import { renderWorkspace } from '../stamp/index.ts';
import { loadTemplate, ownerOf, type Template } from '../template/index.ts';
import type { FileTree } from '../tree/index.ts';
import { findWorkspace, recoverFolder } from '../workspace/index.ts';
import type { Caller, Command } from './command.contract.ts';
import { renderRecorded } from './recorded.version.ts';

interface Subject {
  readonly root: string;
  readonly recorded: Recorded;
  readonly template: Template;
  /** What would be stamped now. */
  readonly next: FileTree;
  readonly ownerOf: OwnerOf;
}

/** Whose a file is: the tests of a slice that came with a service are the user's, those of other names are not. */
function ownersFor({ services }: Answers): OwnerOf {
  const plurals = services.map(({ name, resource, plural }) => ({
    folder: `apps/${name}/`,
    plural: parseNames({ service: name, resource, ...(plural !== undefined && { plural }) }).plural,
  }));
  return (path) =>
    ownerOf(
      path,
      plurals.filter(({ folder }) => path.startsWith(folder)).map(({ plural }) => plural),
    );
}

async function openSubject(caller: Caller): Promise<Subject> {
  const root = findWorkspace(caller.folder);
  for (const sentence of await recoverFolder(root)) caller.say(sentence);
  const recorded = readAnswers(readFileSync(join(root, answersFile), 'utf8'));
  const template = loadTemplate();
  const next = await renderWorkspace(template, recorded.answers);
  return { root, recorded, template, next, ownerOf: ownersFor(recorded.answers) };
}

function check(caller: Caller, { root, template, next, ownerOf: owners }: Subject): number {
  const found = checkWorkspace({ folder: root, next, version: template.version, ownerOf: owners });
  caller.say(caller.options['json'] === true ? JSON.stringify(found, undefined, 2) : reportCheck(found));
  return exitStatus(found);
}

async function plan(caller: Caller, subject: Subject): Promise<UpdatePlan> {
  const { root, recorded, template, next, ownerOf: owners } = subject;
  const workspace = openWorkspace(root);
  const found = findBases(workspace);
  const needed = findBaseless(found, workspace, next, owners);
  const base = caller.options['base'];
  const bases =
    needed.length === 0 && base === undefined
      ? found
      : completeBases(found, await renderRecorded(recorded, template, caller, base));
  return planUpdate({
    workspace,
    bases,
    next,
    version: template.version,
    ownerOf: owners,
    restore: caller.options['restore'] === true,
  });
}

async function update(caller: Caller): Promise<number> {
  const subject = await openSubject(caller);
  if (caller.options['check'] === true) return check(caller, subject);
  const planned = await plan(caller, subject);
  const isDry = caller.options['dry-run'] === true;
  if (!isDry) await applyUpdate(planned);
  const changelog = subject.template.files.get('CHANGELOG.md')?.contents.toString() ?? '';
  caller.say(reportUpdate(planned, changelogBetween(changelog, planned.from, planned.to)));
  if (isDry) caller.say('Nothing was changed (--dry-run).');
  return planned.files.some(({ kind }) => kind === 'conflict') ? 1 : 0;
}

export const updateCommand: Command = {
  name: 'update',
  summary:
    "Brings the template's newer version into a stamped workspace, merged with what was changed there.",
  words: '',
  options: [
    { name: 'check', type: 'boolean', description: 'only look: exit code 0 current, 2 behind or drifted' },
    { name: 'json', type: 'boolean', description: 'with --check: for programs' },
    { name: 'dry-run', type: 'boolean', description: 'only say what would change' },
    {
      name: 'restore',
      type: 'boolean',
      description: "the template's own files that were changed become its again",
    },
    {
      name: 'base',
      type: 'string',
      description: 'a package of the recorded version (.tgz), where git has lost what was stamped',
    },
  ],
  examples: [
    'yo secure-backend:update',
    'yo secure-backend:update --dry-run',
    'yo secure-backend:update --check --json',
    'yo secure-backend:update --base generator-secure-backend-0.1.0.tgz',
  ],
  run: update,
};
