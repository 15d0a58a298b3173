import { Problem } from '../problems/index.ts';

/** What `If-Match` or `If-None-Match` lists: any version, or these. */
export type EntityTags = '*' | readonly EntityTag[];

interface EntityTag {
  weak: boolean;
  version: string;
}

/** One member of the list, RFC 9110 section 8.8.3, with the comma after it; empty ones are skipped, section 5.6.1.2. */
const member = /[\s,]*(?:(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"\s*(?:,|$)|$)/y;

/** @throws Problem invalid_parameter when the header is no list of entity tags */
export function parseEntityTags(name: string, header: string): EntityTags {
  if (header.trim() === '*') {
    return '*';
  }
  const tags: EntityTag[] = [];
  member.lastIndex = 0;
  while (member.lastIndex < header.length) {
    const match = member.exec(header);
    if (match === null) {
      const detail = 'must be * or a list of entity tags such as "abc", as an ETag header showed them';
      throw new Problem('invalid_parameter', { errors: [{ parameter: name, detail }] });
    }
    const [, weak, version] = match;
    if (version !== undefined) {
      tags.push({ weak: weak !== undefined, version });
    }
  }
  return tags;
}

/** The strong tag of a version. */
export function entityTag(version: string): string {
  return `"${version}"`;
}

/** Versions that satisfy `If-Match`, which compares strongly: a weak tag never does. Null means any version. */
export function strongVersions(tags: EntityTags): string[] | null {
  return tags === '*' ? null : tags.filter(({ weak }) => !weak).map(({ version }) => version);
}

/** Whether `If-None-Match`, which compares weakly, lists the version. */
export function lists(tags: EntityTags, version: string): boolean {
  return tags === '*' || tags.some((tag) => tag.version === version);
}
