// Starts a Postgres in the given directory and stays, to be killed.
import { startPostgres } from '../src/postgres/index.ts';

const postgres = await startPostgres({ directory: process.argv[2], durability: 'off' });
process.stdout.write(`${postgres.port}\n`);
setInterval(() => undefined, 1000);
