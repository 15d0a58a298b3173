import type { Caller, Command } from './command.contract.ts';
import { Refusal } from '../workspace/index.ts';

export const resourceCommand: Command = {
  name: 'resource',
  summary:
    'Adds a resource to a service: schema, migration, repository, routes and tests, with the fields you name.',
  words: '[name]',
  options: [],
  examples: [],
  run: (_: Caller) => Promise.reject(new Refusal('Not yet.')),
};
