import { describe } from 'vitest';
import { SecretsBench } from '../../libs/local-stack/test-fixtures/secrets.bench.ts';
import { secretsContract } from '../../libs/local-stack/test-fixtures/secrets.contract.ts';
import { kubectl } from './kubectl.command.ts';

describe('npm run secrets, on a real API server', () => {
  secretsContract(
    () => SecretsBench.open(),
    async (bench) => {
      await kubectl(['delete', 'namespace', bench.namespace, '--wait=false']);
      await bench.close();
    },
  );
});
