import { compareVersions } from '../plan/version.order.ts';

/** What one version of the template brought. */
export interface ChangelogSection {
  /** `1.2.0`, or `Unreleased`. */
  readonly version: string;
  /** Each entry's text, its line breaks kept. */
  readonly entries: readonly string[];
}

const heading = /^## \[?v?([^\]\s]+)\]?.*$/m;
const unreleased = 'Unreleased';

/**
 * The sections of a CHANGELOG.md that are newer than one version and not newer than another, in their order. `## Unreleased` counts
 * as the newer version as long as that has no section of its own. A level-two heading begins a section, a `- ` an entry.
 */
export function changelogBetween(markdown: string, from: string, to: string): ChangelogSection[] {
  const sections = markdown
    .split(/^(?=## )/m)
    .filter((text) => heading.test(text))
    .map(readSection);
  const hasOwn = sections.some(({ version }) => version === to);
  return sections.filter(({ version, entries }) => {
    if (entries.length === 0) return false;
    if (version === unreleased) return !hasOwn && compareVersions(from, to) < 0;
    return compareVersions(from, version) < 0 && compareVersions(version, to) <= 0;
  });
}

function readSection(text: string): ChangelogSection {
  const [, version = ''] = heading.exec(text) ?? [];
  const entries = text
    .split(/^(?=- )/m)
    .slice(1)
    .map((entry) => entry.slice('- '.length).trimEnd());
  return { version, entries };
}
