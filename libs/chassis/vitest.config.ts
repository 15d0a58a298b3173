import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.config.ts';

export default mergeConfig(shared, {
  test: { globalSetup: ['@secure-backend/local-stack/testing/global-setup'] },
});
