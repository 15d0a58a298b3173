// The smallest service that npm start can start: build output as it is run, without a framework.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Client } from 'pg';

const { env } = process;
const read = (secret, file) => readFileSync(join(env.SECRETS_DIRECTORY, secret, file), 'utf8');
const log = (fields) => process.stdout.write(`${JSON.stringify(fields)}\n`);
const connect = async (secret) => {
  const client = new Client({
    host: env.DATABASE_HOST,
    port: Number(env.DATABASE_PORT),
    database: env.DATABASE_NAME,
    user: read(secret, 'username'),
    password: read(secret, 'password'),
    ssl: { ca: readFileSync(env.DATABASE_CA_FILE, 'utf8') },
  });
  await client.connect();
  return client;
};

const fail = (at) => {
  if (env.DEMO_FAILS !== at) return;
  log({ msg: `the demo fails at ${at}` });
  process.exit(3);
};

async function migrate() {
  fail('migrate');
  const client = await connect('db-migrator-credentials');
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
  const client = await connect('db-credentials');
  client.on('error', (error) => log({ msg: error.message }));
  const answer = async (request) => {
    if (request.url === '/openapi.json') return [200, openApi];
    if (request.headers['x-api-key'] !== read('api-keys', 'external-api')) return [401, {}];
    if (request.method === 'POST') {
      const { text } = JSON.parse((await Array.fromAsync(request)).join(''));
      await client.query('INSERT INTO notes (text) VALUES ($1)', [text]);
      return [201, { text }];
    }
    return [200, (await client.query('SELECT * FROM notes ORDER BY id')).rows];
  };
  const api = createServer(async (request, response) => {
    const [status, body] = await answer(request);
    response.writeHead(status).end(JSON.stringify(body));
  }).listen(env.PORT, env.LISTEN_ADDRESS);
  const management = createServer((_, response) => response.end()).listen(
    env.MANAGEMENT_PORT,
    env.LISTEN_ADDRESS,
  );
  log({ msg: 'serving', environment: env });
  process.once('SIGTERM', async () => {
    if (env.DEMO_FAILS === 'drain') return;
    api.close();
    management.close();
    api.closeAllConnections();
    await client.end();
    log({ msg: 'drained' });
  });
}

await (process.argv[2] === 'migrate' ? migrate() : serve());
