import type { SampleRequests } from './sample.requests.ts';

export interface WelcomeFacts {
  service: string;
  url: string;
  docs: boolean;
  /** As the reader would write it in a terminal where they are. */
  apiKeyFile: string;
  /** Undefined: the log is in the terminal. */
  logFile: string | undefined;
  database: string;
  /** Where the credentials come from; undefined: from mounted files. */
  vault: string | undefined;
  sample: SampleRequests | undefined;
}

/** What one needs to know about the service that now runs; the requests work when pasted. */
export function welcomeText(facts: WelcomeFacts): string {
  const rows = [
    ['URL', facts.url],
    ...(facts.docs ? [['Docs', `${facts.url}/docs`]] : []),
    ['API key', `in ${facts.apiKeyFile} (header x-api-key)`],
    ['Database', facts.database],
    ...(facts.vault ? [['Vault', facts.vault]] : []),
    ['Log', facts.logFile ?? 'below'],
  ];
  const table = rows.map(([name, value]) => `  ${name?.padEnd(10)}${value}`);
  return ['', `${facts.service} is ready.`, '', ...table, ...tryIt(facts), '', 'Ctrl-C stops it.', ''].join(
    '\n',
  );
}

function tryIt({ url, apiKeyFile, sample }: WelcomeFacts): string[] {
  if (!sample) return [];
  const key = `-H "x-api-key: $(cat ${shellWord(apiKeyFile)})"`;
  const target = `${url}${sample.path}`;
  const body = `-H 'content-type: application/json' -d ${quoted(sample.body)}`;
  return ['', 'Try it:', '', `  curl ${key} ${body} ${target}`, '', `  curl ${key} ${target}`];
}

function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : quoted(text);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
