// Starts a Vault and stays, to be killed.
import { startVault } from '../src/vault/index.ts';

const { address } = await startVault();
process.stdout.write(`${address}\n`);
setInterval(() => undefined, 1000);
