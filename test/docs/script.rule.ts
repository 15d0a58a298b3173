import type { Finding } from '../finding.ts';
import type { PackageFile } from '../workspace.packages.ts';
import { codeSpans, type Markdown } from './markdown.text.ts';

const command = /\bnpm (?:(?<own>start|test)\b|(?:run|run-script) (?<script>[\w:.-]*\w))(?<rest>[^&|;`]*)/g;
const workspaceOption = /(?:^|\s)(?:-w|--workspace)[ =](\S+)/;

/** Commands of npm, in code inline or fenced, whose script no package.json has. */
export function missingScripts(
  { path, prose, fenced }: Markdown,
  packages: readonly PackageFile[],
): Finding[] {
  const hasScript = (script: string, workspace: string | undefined): boolean =>
    packages.some(
      ({ name, folder, scripts }) =>
        (workspace === undefined ? folder === '' : [name, folder].includes(workspace)) && script in scripts,
    );
  return [...codeSpans(prose), ...fenced].flatMap(({ line, text }) =>
    [...text.matchAll(command)].flatMap(({ groups }) => {
      const { own, script = own ?? '', rest = '' } = groups ?? {};
      const workspace = workspaceOption.exec(rest)?.[1];
      if (hasScript(script, workspace)) return [];
      return [
        {
          path,
          line,
          message: `no such script: ${script}${workspace === undefined ? '' : ` in ${workspace}`}`,
        },
      ];
    }),
  );
}
