import { z } from 'zod';
import { chassisVariables } from './chassis.variables.ts';
import { ConfigurationError } from './configuration.error.ts';
import { contradictions } from './contradictions.ts';
import { type Environment, productionProblems } from './production.rules.ts';
import { meaningOf } from './variable.ts';

/** The one schema of a service: what the chassis understands and what the service adds. */
export function defineConfiguration<Shape extends z.ZodRawShape>(own: Shape) {
  return z.object({ ...chassisVariables, ...own });
}

/** The environment of this process, without empty variables: `PORT=` means unset. No other code reads it. */
export function processEnvironment(): Environment {
  return Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
}

/**
 * Parses the environment once.
 *
 * @returns the frozen configuration, typed by its schema
 * @throws ConfigurationError naming every problem at once
 */
export function readConfiguration<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Environment = processEnvironment(),
): Readonly<z.output<Schema>> {
  const result = schema.safeParse(environment);
  const problems = result.success
    ? []
    : result.error.issues.map((issue) => describe(schema, environment, issue));
  if ((environment['NODE_ENV'] ?? 'production') === 'production') {
    problems.push(...productionProblems(environment));
  }
  problems.push(...contradictions(result.data ?? {}, environment));
  if (!result.success || problems.length > 0) {
    throw new ConfigurationError([...new Set(problems)]);
  }
  return Object.freeze(result.data);
}

function describe(schema: z.ZodObject, environment: Environment, issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0]);
  const { expected } = meaningOf(schema.shape[name] as z.ZodType);
  const state = environment[name] === undefined ? 'is missing' : 'is not valid';
  return `${name}: ${state}; expected ${expected}`;
}
