import type { Owner } from '../../template/index.ts';
import type { ChangeKind, FileChange } from '../plan/file.change.ts';
import type { Baseless } from '../plan/baseless.files.ts';
import type { UpdatePlan } from '../plan/update.plan.ts';
import { showPath } from '../workspace/update.refusal.ts';
import type { ChangelogSection } from './changelog.entries.ts';
import { adviseConflict, shellPath } from './conflict.advice.ts';

export type ReportedPlan = Pick<UpdatePlan, 'from' | 'to' | 'files' | 'drift' | 'baseless'>;

const headings: Readonly<Record<Owner, string>> = {
  template: "The template's files",
  shared: 'Shared files',
  yours: 'Yours, left alone',
};

const words: Readonly<Record<ChangeKind, string>> = {
  added: 'added',
  changed: 'changed',
  removed: 'removed',
  merged: 'merged',
  renamed: 'moved',
  restored: 'restored',
  conflict: 'CONFLICT',
  kept: 'kept',
  deleted: 'not added',
  adopted: 'adopted',
  left: 'newer',
};

/**
 * An update for people: why, what happens to each file by whose it is, and what to do next.
 * @param changelog what is new between the two versions
 */
export function reportUpdate(plan: ReportedPlan, changelog: readonly ChangelogSection[]): string {
  const { from, to, files } = plan;
  const title = from === to ? `Version ${to}` : `From ${from} to ${to}`;
  if (files.length === 0 && from === to) {
    return [`${title}: nothing to update.`, ...paragraph(reportDrift(plan)), ''].join('\n');
  }
  const owners = (['template', 'shared', 'yours'] as const).map((owner) => reportOwner(owner, files));
  const parts = [
    reportChangelog(changelog),
    ...owners,
    reportDrift(plan),
    reportBaseless(plan),
    reportNext(files),
  ];
  return [title, ...parts.flatMap(paragraph), ''].join('\n');
}

const paragraph = (lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', ...lines]);

const reportChangelog = (sections: readonly ChangelogSection[]): string[] =>
  sections.flatMap(({ version, entries }) => [
    `What is new in ${version}:`,
    ...entries.map((entry) => `  - ${entry.replaceAll(/\n\s*/g, '\n    ')}`),
  ]);

const shownFiles = 10;
/** Of what stays as it is, a few tell enough: who deleted a folder needn't read of each of its files again and again. */
const quietKinds: readonly ChangeKind[] = ['deleted', 'left'];

function reportOwner(owner: Owner, files: readonly FileChange[]): string[] {
  const theirs = files.filter((file) => file.owner === owner);
  if (theirs.length === 0) return [];
  const quiet = theirs.filter(({ kind }) => quietKinds.includes(kind));
  const more = quiet.length - shownFiles;
  const shown = theirs.filter((file) => !quiet.includes(file) || quiet.indexOf(file) < shownFiles);
  return [
    `${headings[owner]}:`,
    ...shown.map(reportFile),
    ...(more > 0 ? [`  and ${more} more that stay as they are`] : []),
  ];
}

function reportFile(file: FileChange): string {
  const from = file.from === undefined ? '' : ` (from ${showPath(file.from)})`;
  const detail = detailOf(file);
  return `  ${words[file.kind].padEnd(10)}${showPath(file.path)}${from}${detail && `  ${detail}`}`;
}

function detailOf({ kind, lines, shown = '' }: FileChange): string {
  if (kind === 'kept') return 'the template removed it; it is yours now';
  if (kind === 'deleted') return `you deleted it; the template's: git cat-file -p ${shown}`;
  if (kind === 'left') return `the template's: git cat-file -p ${shown}`;
  if (kind === 'conflict' || !lines || lines.added + lines.removed === 0) return '';
  return `+${lines.added} -${lines.removed}`;
}

function reportDrift({ drift, files }: ReportedPlan): string[] {
  const restored = new Set(files.filter(({ kind }) => kind === 'restored').map(({ path }) => path));
  const left = drift.filter(({ path }) => !restored.has(path));
  if (left.length === 0) return [];
  return [
    "Drift: the template's files that you changed. --restore brings the template's versions back:",
    ...left.map(({ path, kind }) => `  ${kind.padEnd(12)}${showPath(path)}`),
  ];
}

const reasons: Readonly<Record<Baseless['reason'], string>> = {
  missing: 'git has no longer what was stamped',
  doubted: 'the recorded version renders it otherwise than it was stamped',
};

const reportBaseless = ({ baseless }: ReportedPlan): string[] =>
  baseless.length === 0
    ? []
    : [
        'Without a base, so that both versions are shown where they differ:',
        ...baseless.map(({ path, reason }) => `  ${showPath(path)}: ${reasons[reason]}`),
      ];

function reportNext(files: readonly FileChange[]): string[] {
  const conflicts = files.filter(({ kind }) => kind === 'conflict');
  const takeBack = 'git reset --hard takes the update back.';
  if (conflicts.length === 0) {
    return [
      'Next: npm install, npm test, look at git diff --staged, git add package-lock.json, git commit.',
      takeBack,
    ];
  }
  return [
    `Next: settle ${conflicts.length === 1 ? 'the conflict' : `these ${conflicts.length} conflicts`}, each with git add or git rm:`,
    ...conflicts.map((file) => `  ${shellPath(file.path)}: ${adviseConflict(file)}`),
    'Then npm install, npm test, git add package-lock.json, git commit.',
    takeBack,
  ];
}
