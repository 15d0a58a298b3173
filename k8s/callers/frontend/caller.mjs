// Calls the API once a second with its own key and counts the answers; its own probes and counts are on 9464.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const url = process.env.API_URL;
const answers = new Map();
let hasBeenServed = false;

const log = (fields) =>
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...fields })}\n`);

async function call() {
  // Read for each call: a key that has changed is used at once.
  const key = (await readFile('/run/secrets/backend-api-key/api-key', 'utf8')).trim();
  const response = await fetch(url, { headers: { 'x-api-key': key }, signal: AbortSignal.timeout(5_000) });
  await response.arrayBuffer();
  return String(response.status);
}

async function callOnce() {
  const answer = await call().catch((error) => error.cause?.code ?? error.name);
  answers.set(answer, (answers.get(answer) ?? 0) + 1);
  if (answer === '200') hasBeenServed = true;
  else log({ level: 'warn', message: 'the API did not serve', answer });
}

const paths = {
  '/livez': () => 200,
  '/readyz': () => (hasBeenServed ? 200 : 503),
  '/answers': () => 200,
};

const server = createServer((request, response) => {
  const status = paths[request.url]?.() ?? 404;
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify(Object.fromEntries(answers)));
}).listen(9464);

const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => stopping.abort());

while (!stopping.signal.aborted) {
  await callOnce();
  await delay(1_000, undefined, { signal: stopping.signal }).catch(() => undefined);
}
server.close();
log({ level: 'info', message: 'done', answers: Object.fromEntries(answers) });
