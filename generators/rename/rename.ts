import { adjustArticle } from './article.ts';
import { parseNames, type Names } from './names.ts';
import { forms, wordsOf } from './spelling.ts';

/** Turns text (or a path) written in one set of names into the same text in another. */
export type Rename = (text: string) => string;

// Prose wraps: "work items" may break over a line, within a comment too.
const gap = String.raw`(?: |[ \t]*\n[ \t]*(?:(?://|\*|#|--|>)[ \t]+)?)`;
const gaps = new RegExp(gap, 'g');

/** Writes a spoken name with the line breaks its predecessor had. */
function spread(spelling: string, breaks: readonly string[]): string {
  return spelling.split(' ').reduce((text, word, index) => text + (breaks[index - 1] ?? ' ') + word);
}

/**
 * The renaming of one template: every spelling of the service's and the resource's names, exactly at word
 * boundaries, in a single pass, so that a new name that contains an old one is not renamed again.
 * @throws Error with a sentence for the user when a name can't be used.
 */
export function createRename(from: Names, to: Names): Rename {
  const spellings = new Map<string, string>();
  const patterns: string[] = [];
  const [old, given] = [parseNames(from), parseNames(to)];
  for (const key of ['service', 'plural', 'resource'] as const) {
    for (const { spell, before, after } of forms) {
      const spelling = spell(wordsOf(old[key]));
      if (spellings.has(spelling)) continue;
      spellings.set(spelling, spell(wordsOf(given[key])));
      patterns.push(`${before}${spelling.replaceAll(' ', gap)}${after}`);
    }
  }
  const whole = new RegExp(
    String.raw`(?:(?<![\w-])(?<article>[Aa]n?)(?<space>\s+[\`'"*]*))?(?<name>${patterns.join('|')})`,
    'g',
  );
  return (text) =>
    text.replace(whole, (match, article: string | undefined, space: string | undefined, name: string) => {
      const spelling = spellings.get(name.replaceAll(gaps, ' '));
      if (spelling === undefined) return match;
      const renamed = spread(spelling, name.match(gaps) ?? []);
      return article === undefined ? renamed : adjustArticle(article, name, spelling) + space + renamed;
    });
}
