import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createTestDatabase, type TestDatabase } from '@secure-backend/local-stack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

describe('the command line', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase('backend-api');
  });
  afterAll(() => database.drop());

  async function run(args: string[], env: Record<string, string> = database.environment): Promise<Outcome> {
    return promisify(execFile)(process.execPath, [main, ...args], { env }).then(
      (done) => ({ code: 0, ...done }),
      (failed: Outcome) => failed,
    );
  }

  it('migrates, and says so again when there is nothing to do', async () => {
    const first = await run(['migrate']);
    expect(first.stdout).toContain('applied 0001-work-items');
    expect(first.code).toBe(0);

    const second = await run(['migrate']);
    expect(second.stdout).toContain('the schema is current');
  });

  it('explains how it is used', async () => {
    const outcome = await run(['destroy']);

    expect(outcome).toMatchObject({ code: 2, stderr: 'usage: backend-api [serve | migrate]\n' });
  });

  it('lists every problem of its configuration before it does anything', async () => {
    const outcome = await run([], { NODE_ENV: 'production', PORT: 'x', DATABASE_PASSWORD: 'canary' });

    expect(outcome.code).toBe(1);
    for (const name of ['PORT', 'DATABASE_HOST', 'DATABASE_NAME', 'DATABASE_CA_FILE', 'DATABASE_PASSWORD']) {
      expect(outcome.stderr).toContain(`  - ${name}: `);
    }
    expect(outcome.stderr).not.toContain('canary');
  });

  it('ends with one log line when its secrets are not there', async () => {
    const outcome = await run([], { ...database.environment, SECRETS_DIRECTORY: '/nowhere' });

    expect(outcome.code).toBe(1);
    expect(JSON.parse(outcome.stdout.trim())).toMatchObject({
      severity_text: 'FATAL',
      'exception.message': expect.stringContaining("/nowhere/db-credentials can't be read (ENOENT)"),
    });
  });
});
