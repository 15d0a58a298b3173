import { defineConfig } from 'vitest/config';
import shared from '../../../vitest.config.ts';

const { test, ...others } = shared;

/** Not part of `npm test`: a whole life for every set of answers, one after the other. */
export default defineConfig({
  ...others,
  test: { ...test, dir: 'generator/full', include: ['**/*.full.ts'], fileParallelism: false },
});
