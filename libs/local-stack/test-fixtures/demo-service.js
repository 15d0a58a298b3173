// The smallest service that npm start can start: build output as it is run, without a framework.
import { createServer } from 'node:http';
import { connect, Generations } from './demo.database.js';
import { readApiKeys } from './demo.secrets.js';

const { env } = process;
const log = (fields) => process.stdout.write(`${JSON.stringify(fields)}\n`);

const fail = (at) => {
  if (env.DEMO_FAILS !== at) return;
  log({ msg: `the demo fails at ${at}` });
  process.exit(3);
};

async function migrate() {
  fail('migrate');
  const client = await connect('db-migrator-credentials', env.VAULT_MIGRATOR_PATH);
  await client.query('CREATE TABLE IF NOT EXISTS notes (id serial PRIMARY KEY, text text NOT NULL)');
  await client.end();
}

const openApi = {
  paths: {
    '/v1/notes/{id}': { get: {} },
    '/v1/notes': {
      get: {},
      post: {
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } } },
      },
    },
  },
  components: {
    schemas: { Note: { type: 'object', required: ['text'], properties: { text: { type: 'string' } } } },
  },
};

async function serve() {
  fail('boot');
  const database = new Generations();
  await database.open();
  const answer = async (request) => {
    if (request.url === '/openapi.json') return [200, openApi];
    if (!(await readApiKeys()).includes(request.headers['x-api-key'])) return [401, {}];
    if (request.method === 'POST') {
      const { text } = JSON.parse((await Array.fromAsync(request)).join(''));
      await database.query('INSERT INTO notes (text) VALUES ($1)', [text]);
      return [201, { text }];
    }
    return [200, (await database.query('SELECT * FROM notes ORDER BY id')).rows];
  };
  const api = createServer(async (request, response) => {
    const [status, body] = await answer(request).catch((error) => [500, { error: error.message }]);
    response.writeHead(status).end(JSON.stringify(body));
  }).listen(env.PORT, env.LISTEN_ADDRESS);
  const management = createServer((_, response) =>
    response.end(
      `# TYPE db_client_generation gauge\ndb_client_generation ${database.number}\n` +
        `db_client_replays_total ${database.replays}\n` +
        `db_client_drain_seconds_sum ${database.drainSeconds}\n`,
    ),
  ).listen(env.MANAGEMENT_PORT, env.LISTEN_ADDRESS);
  log({ msg: 'serving', environment: env });
  process.once('SIGTERM', async () => {
    if (env.DEMO_FAILS === 'drain') return;
    api.close();
    management.close();
    api.closeAllConnections();
    await database.close();
    log({ msg: 'drained' });
  });
}

await (process.argv[2] === 'migrate' ? migrate() : serve());
