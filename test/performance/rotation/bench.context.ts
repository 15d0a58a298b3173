import type { SaturatingLoad } from '../load/saturating.load.ts';
import type { BenchPostgres } from '../surroundings/bench.postgres.ts';
import type { RotationOptions } from './rotation.options.ts';

/** Sessions of one pool. */
export const poolSize = 5;
/** Units of work at once. */
export const workers = 40;

/** What all parts of one run share. */
export interface BenchContext {
  options: RotationOptions;
  postgres: BenchPostgres;
  load: SaturatingLoad;
  say: (line: string) => void;
  signal: AbortSignal;
}
