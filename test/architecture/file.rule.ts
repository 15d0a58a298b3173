import { basename } from 'node:path';
import type { Finding } from '../finding.ts';
import type { Texts } from '../repository.files.ts';

/** A file past this many lines wants splitting. The template keeps shorter: longer names of services and resources wrap its lines. */
export const longestFile = 200;

const part = '[a-z0-9]+(?:-[a-z0-9]+)*';
const kebabCase = new RegExp(`^${part}(?:\\.${part})*$`);
// Drawers for whatever found no place.
const catchAll = /^(?:common|helpers?|lib|misc|shared|types|utils?)\./;

/** Code files not named `noun.role.ts`, in kebab-case, for what they hold. */
export const misnamedFiles = (paths: Iterable<string>): Finding[] =>
  [...paths]
    .filter((path) => !kebabCase.test(basename(path)) || catchAll.test(basename(path)))
    .map((path) => ({ path, line: 1, message: 'is not named noun.role.ts' }));

export const mustBeShort = /(?:\.[cm]?[jt]s|\.sql|\/run)$/;

/** Files longer than a reader holds in the head. */
export const longFiles = (texts: Texts, longest = longestFile): Finding[] =>
  [...texts].flatMap(([path, text]) => {
    const lines = text.trimEnd().split('\n').length;
    return lines <= longest ? [] : [{ path, line: lines, message: `has ${lines} lines of ${longest}` }];
  });

// Written apart, so that this file doesn't find itself.
const registries = ['npmjs:org', 'yarnpkg:com', 'npmmirror:com', 'npm:pkg:github:com'].map((host) =>
  host.replaceAll(':', String.raw`\.`),
);
const registryHost = new RegExp(
  `(?:registry\\.)?(?:${registries.join('|')})|"resolved" *: *"https?:|^registry *=`,
  'm',
);

/** Where packages come from is the machine's affair: a committed host breaks whoever has a mirror. */
export const namedRegistries = (texts: Texts): Finding[] =>
  [...texts].flatMap(([path, text]) => {
    const found = registryHost.exec(text);
    if (found === null) return [];
    const line = text.slice(0, found.index).split('\n').length;
    return [{ path, line, message: `names a package registry: ${found[0]}` }];
  });
