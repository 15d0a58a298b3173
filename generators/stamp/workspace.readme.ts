import type { Answers } from '../answers/index.ts';
import type { FileTree } from '../tree/index.ts';

interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** What the sections of a page hold, in order; before the first heading there is one without. */
function sectionsOf(markdown: string): Section[] {
  const starts = markdown.split(/^(?=## )/m);
  return starts.map((section) => {
    const lines = section.split('\n');
    return { heading: /^## (.*)$/.exec(lines[0] ?? '')?.[1] ?? '', lines };
  });
}

/** Says whether a path or an npm script that a table's row begins with is there. */
type IsThere = (name: string) => boolean;

const scriptOf = (command: string): string | undefined => /^npm (?:run )?([\w:]+)/.exec(command)?.[1];

/** What a workspace holds, as its README names it. */
export function whatIsThere(tree: FileTree): IsThere {
  const { scripts } = JSON.parse(tree.get('package.json')?.contents.toString() ?? '{}') as {
    scripts?: object;
  };
  return (name) => {
    const script = scriptOf(name);
    return script === undefined
      ? [...tree.keys()].some((path) => path.startsWith(`${name}/`))
      : Object.hasOwn(scripts ?? {}, script);
  };
}

const namedBy = (line: string): string | undefined => /^\| `([^`]+)`/.exec(line)?.[1];

const withoutGoneRows = (lines: readonly string[], isThere: IsThere): string[] =>
  lines.filter((line) => {
    const name = namedBy(line);
    return name === undefined || isThere(name);
  });

const grow = `## Grow it

\`\`\`sh
npm run new -- orders-api                            # another service
yo secure-backend:resource sales-invoice             # a resource of a service
yo secure-backend:update                             # the template's newer version
\`\`\`

They need the generator: \`npm install --global yo generator-secure-backend\`. What belongs to the template, what is shared and what is
yours, an update tells file by file; \`yo secure-backend:update --check\` is for CI.
`;

/** Sections of the template's README that speak of a workspace, whoever's it is. */
const general = ['Try it', 'What is where', 'Verbs', 'Deploy it', 'More'];

/** A README for a stamped workspace: what it is, and of the template's README what holds for it too. */
export function workspaceReadme(template: string, { workspace }: Answers, isThere: IsThere): string {
  const sections = sectionsOf(template);
  const chosen = general.map((heading) => {
    const found = sections.find((section) => section.heading === heading);
    if (!found) throw new Error(`The template's README has no section "${heading}".`);
    return withoutGoneRows(found.lines, isThere).join('\n');
  });
  const intro = `# ${workspace}\n\nServices that are secure where they run; each is a folder in \`apps\`.\n\n`;
  return [intro, grow, '\n', ...chosen].join('');
}
