const soundsOpen = (word: string): boolean => /^(?:[aeio]|u(?!ni|s|t))/i.test(word);

/**
 * The indefinite article for a word that takes another's place: "a backend API" becomes "an orders API".
 * Untouched when both words begin alike, so that renaming to the same name changes nothing.
 */
export function adjustArticle(article: string, before: string, after: string): string {
  if (soundsOpen(before) === soundsOpen(after)) return article;
  return article.charAt(0) + (soundsOpen(after) ? 'n' : '');
}
