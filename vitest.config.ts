import { defineConfig } from 'vitest/config';

/** What every workspace's tests share; each extends it in its own vitest.config.ts. */
export default defineConfig({
  // Compiles Nest's decorators also for sources that no tsconfig beside the test covers.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    // The cache on disk outlives edits of tsconfig.json and then runs stale code.
    fsModuleCache: false,
    include: ['src/**/*.spec.ts', 'test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Patience of a test that waits for a state: on a busy machine a second is nothing.
    expect: { poll: { timeout: 15_000 } },
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
  },
});
