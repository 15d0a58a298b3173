import { mergeConfig } from 'vitest/config';
import shared from '../../../vitest.config.ts';

const full = mergeConfig(shared, { test: { dir: 'generator/full', fileParallelism: false } });

export default { ...full, test: { ...full.test, include: ['**/*.full.ts'] } };
