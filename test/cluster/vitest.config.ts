import { defineConfig } from 'vitest/config';

/** Not part of `npm test`: it changes the cluster that KUBECONFIG names. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    reporters: ['default', ['json', { outputFile: '../reports/cluster.json' }]],
  },
});
