import type { DatabaseCredentials, SecretVersion } from '../secrets/index.ts';
import { StateMachine } from '../state/index.ts';
import type { Logger } from '../telemetry/index.ts';
import { connectionOptions, type DatabaseConfiguration } from './connection.options.ts';
import { assertNothingLost, readableBy } from './credential.probe.ts';
import { Generation } from './generation.ts';
import { type GenerationState, generationTransitions } from './generation.states.ts';

export interface FactoryOptions {
  configuration: DatabaseConfiguration;
  applicationName: string;
  logger: Logger;
}

/** Makes generations, and knows those that have sessions. */
export class GenerationFactory {
  readonly #alive = new Set<Generation>();

  constructor(private readonly options: FactoryOptions) {}

  /**
   * Connects, which proves that the credential is that of a living role; looks that it may read what its predecessor may; and
   * opens as many sessions as the predecessor has, so that the change is no cold start.
   *
   * @throws DatabaseUnavailable when the credential can't be used now; nothing is left open then
   */
  async prepare(
    credential: SecretVersion<DatabaseCredentials>,
    number: number,
    predecessor: Generation | undefined,
  ): Promise<Generation> {
    const { configuration, applicationName } = this.options;
    const pool = await connectionOptions(configuration, credential.value, applicationName);
    const max = configuration.DATABASE_POOL_SIZE;
    const machine = new StateMachine<GenerationState>(generationTransitions, 'PREPARING', (next, previous) =>
      this.#notice(generation, next, previous),
    );
    const generation = new Generation({ number, credential, machine, pool: { ...pool, max } });
    this.#alive.add(generation);
    try {
      const [readable, before] = await Promise.all([generation.run(readableBy), readableNow(predecessor)]);
      assertNothingLost(readable, before);
      await generation.warm(predecessor?.sessions ?? 1);
      return generation;
    } catch (error) {
      await generation.close(0);
      throw error;
    }
  }

  sessionsOf(state: GenerationState): number {
    const counts = [...this.#alive].filter(({ machine }) => machine.state === state);
    return counts.reduce((sum, { sessions }) => sum + sessions, 0);
  }

  #notice(generation: Generation, next: GenerationState, previous: GenerationState): void {
    if (next === 'CLOSED') {
      this.#alive.delete(generation);
    }
    this.options.logger.info('database generation changed', {
      'database.generation': generation.number,
      'database.generation.state': next,
      'database.generation.previous_state': previous,
    });
  }
}

/** Undefined when the generation can't say: its role is gone, or it has too much to do. */
async function readableNow(generation: Generation | undefined): Promise<string[] | undefined> {
  if (generation === undefined || generation.isRefused) {
    return undefined;
  }
  return generation.run(readableBy).catch(() => undefined);
}
