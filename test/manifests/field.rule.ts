import { at } from '../kubernetes/pod.template.ts';
import { everyContainer, everyPod, type Rule, type RuleFacts } from './rule.ts';

const split = (path: string): string[] => path.split('.');

/** A rule that every pod's spec has this value at this path. */
export const podField = (facts: RuleFacts, path: string, expected: unknown): Rule =>
  everyPod(facts, ({ spec }) => [
    at(spec, ...split(path)) !== expected && `${path} isn't ${String(expected)}`,
  ]);

/** A rule that every container, of every kind, has this value at this path. */
export const containerField = (facts: RuleFacts, path: string, expected: unknown): Rule =>
  everyContainer(facts, ({ fields }) => [
    at(fields, ...split(path)) !== expected && `${path} isn't ${String(expected)}`,
  ]);

const lowestId = 10_000;

/** What is wrong with the user and group of a security context: below 10000 they may be somebody's on the node. */
export const idProblems = (holder: unknown, fields: readonly string[]): (string | false)[] =>
  fields.map((field) => {
    const id = at(holder, 'securityContext', field);
    return (
      !(typeof id === 'number' && id >= lowestId) && `securityContext.${field} isn't ${lowestId} or more`
    );
  });
