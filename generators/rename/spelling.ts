/** Words that prose writes in capitals; in code they are ordinary words ("backendApi", "backend API"). */
const acronyms = new Set(['api', 'http', 'id', 'ip', 'pdf', 'sms', 'sql', 'ui', 'url', 'vat']);

const capitalise = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function say(word: string): string {
  if (acronyms.has(word)) return word.toUpperCase();
  const singular = word.slice(0, -1);
  return word.endsWith('s') && acronyms.has(singular) ? `${singular.toUpperCase()}s` : word;
}

// "\nwork_items" and "%2Fwork-items" are words of their own although a letter stands before them.
const freshStart = String.raw`(?:(?<![A-Za-z0-9])|(?<=\\[a-z])|(?<=%[0-9A-F]{2}))`;
// "secure-backend API" speaks of another name: it is left alone, and reported as residue.
const spokenStart = String.raw`(?:(?<![A-Za-z0-9-])|(?<=\\[a-z]))`;
const noLetter = '(?![A-Za-z])';
const noLowerCase = '(?![a-z])';

interface Form {
  readonly spell: (words: readonly string[]) => string;
  /** Regular expressions for what may stand on either side of a whole occurrence. */
  readonly before: string;
  readonly after: string;
}

/** Every form in which source, SQL, YAML and prose write a name. Where two coincide, the earlier one counts. */
export const forms: readonly Form[] = [
  { spell: (words) => words.join('-'), before: freshStart, after: noLetter },
  { spell: (words) => words.join('_'), before: freshStart, after: noLetter },
  { spell: (words) => words.join('_').toUpperCase(), before: freshStart, after: noLetter },
  {
    spell: ([first = '', ...rest]) => first + rest.map(capitalise).join(''),
    before: freshStart,
    after: noLowerCase,
  },
  // A capital starts a word wherever it stands: createWorkItem.
  { spell: (words) => words.map(capitalise).join(''), before: '', after: noLowerCase },
  { spell: (words) => words.map(say).join(' '), before: spokenStart, after: noLetter },
  { spell: (words) => capitalise(words.map(say).join(' ')), before: spokenStart, after: noLetter },
  { spell: (words) => words.map(say).map(capitalise).join(' '), before: spokenStart, after: noLetter },
];

/** The words of a kebab-case name. */
export const wordsOf = (name: string): string[] => name.split('-');
