import { mergeConfig } from 'vitest/config';
import shared from '../../../vitest.config.ts';

export default mergeConfig(shared, {
  test: { root: 'generator/full', include: ['**/*.full.ts'], fileParallelism: false },
});
