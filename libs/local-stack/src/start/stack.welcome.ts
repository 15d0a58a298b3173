import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { FIRST_CALLER } from '../credentials/index.ts';
import { unlessMissing } from '../files/missing.file.ts';
import type { StackContext } from './stack.context.ts';
import { findSampleRequests } from './sample.requests.ts';
import { serviceUrl } from './service.ports.ts';
import type { RunningStack } from './stack.steps.ts';
import { welcomeText } from './welcome.text.ts';

/** What to say about the stack that has just come up, with requests that fit the service. */
export async function welcome(
  { run, database, vault }: RunningStack,
  { workspaceRoot }: StackContext,
): Promise<string> {
  const url = serviceUrl(run.environment);
  const keyFile = join(database.surroundings.SECRETS_DIRECTORY, 'api-keys', FIRST_CALLER);
  const apiKey = await unlessMissing(readFile(keyFile, 'utf8'));
  return welcomeText({
    service: run.service.name,
    url,
    docs: run.environment['API_DOCS'] === 'on',
    apiKeyFile: asSeenFrom(workspaceRoot, keyFile),
    logFile: run.logFile && asSeenFrom(workspaceRoot, run.logFile),
    database: database.description,
    vault:
      vault && `${vault.running.address} (root token in ${asSeenFrom(workspaceRoot, vault.rootTokenFile)})`,
    sample: apiKey ? await findSampleRequests(url, apiKey) : undefined,
  });
}

/** npm start is called in the workspace's root, so that is where requests are pasted. */
function asSeenFrom(workspaceRoot: string, path: string): string {
  const short = relative(workspaceRoot, path);
  return short.startsWith('..') ? path : short.replaceAll('\\', '/');
}
