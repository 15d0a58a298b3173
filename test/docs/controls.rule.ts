import type { Finding } from '../finding.ts';
import { namesIn, places, placesOf, readControls, type Control } from './controls.table.ts';

export const controlsDocument = 'docs/controls.md';

/** What the document has to be right about. */
export interface ControlFacts {
  /** Files and folders of the repository. */
  readonly known: ReadonlySet<string>;
  readonly scripts: readonly string[];
  /** Clauses of the article, and rows of the hardening rules. */
  readonly ids: readonly string[];
  /** Rules on rendered manifests, with the row they belong to, if to any. */
  readonly rules: readonly { readonly id: string; readonly row?: number }[];
}

/** Everything in which the document and the repository differ. */
export function controlErrors(text: string, facts: ControlFacts): Finding[] {
  const controls = readControls(text, 'Clause', 'Row');
  return [
    ...facts.ids
      .filter((id) => controls.filter((control) => control.id === id).length !== 1)
      .map((id) => at(1, `not exactly one row: ${id}`)),
    ...controls
      .filter(({ id }) => !facts.ids.includes(id))
      .map(({ id, line }) => at(line, `no such clause or row: ${id}`)),
    ...controls.flatMap((control) =>
      [...proofErrors(control, facts), ...ruleErrors(control, facts)].map((message) =>
        at(control.line, `${control.id}: ${message}`),
      ),
    ),
    ...ownRuleErrors(text, facts).map((message) => at(1, message)),
  ];
}

const at = (line: number, message: string): Finding => ({ path: controlsDocument, line, message });

const isPath = (name: string): boolean => /^[\w.-]+\/[\w./-]*$/.test(name);
const isTest = (name: string): boolean => /^(?:test\/|.*\/test\/|.*\.spec\.ts$)/.test(name);

const scriptOf = (command: string): string | undefined => /^npm run ([\w:-]+)$/.exec(command)?.[1];

function proofErrors(control: Control, { known, scripts }: ControlFacts): string[] {
  const [files, proofs, where] = [
    namesIn(control, 'Done by').filter(isPath),
    namesIn(control, 'Proven by'),
    placesOf(control),
  ];
  const isProven = !where.includes('not proven');
  return [
    ...where.filter((place) => !places.includes(place)).map((place) => `no such place: ${place}`),
    ...(isProven || where.length === 1 ? [] : ['proven and not proven']),
    ...[...files, ...proofs.filter(isPath)]
      .filter((path) => !known.has(path.replace(/\/$/, '')))
      .map((path) => `not there: ${path}`),
    ...proofs
      .filter((name) => (isPath(name) ? !isTest(name) : !scripts.includes(scriptOf(name) ?? '')))
      .map((name) => `neither a test nor a command: ${name}`),
    ...(isProven && files.length === 0 ? ['no file does it'] : []),
    ...(isProven === proofs.length > 0
      ? []
      : [isProven ? 'nothing proves it' : 'proofs of what is not proven']),
  ];
}

/** Rules of a row have to be those that say so themselves. */
function ruleErrors(control: Control, { rules }: ControlFacts): string[] {
  const named = namesIn(control, 'Rules');
  const own = rules.filter(({ row }) => String(row) === control.id).map(({ id }) => id);
  return [
    ...named
      .filter((id) => !rules.some((rule) => rule.id === id && (rule.row === undefined || own.includes(id))))
      .map((id) => `no rule of this row: ${id}`),
    ...own.filter((id) => !named.includes(id)).map((id) => `the rule is missing: ${id}`),
  ];
}

/** Rules that belong to no row have a table of their own. */
function ownRuleErrors(text: string, { rules }: ControlFacts): string[] {
  const named = readControls(text, 'Own rule').map(({ id }) => id.replaceAll('`', ''));
  const own = rules.filter(({ row }) => row === undefined).map(({ id }) => id);
  return [
    ...own.filter((id) => !named.includes(id)).map((id) => `no row has the rule ${id}`),
    ...named.filter((id) => !own.includes(id)).map((id) => `no such own rule: ${id}`),
  ];
}
