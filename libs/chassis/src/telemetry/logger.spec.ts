import { Injectable } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';
import type { LogFields } from './log.fields.ts';
import { createLogger } from './logger.ts';
import { nestLogger } from './nest.logger.ts';

function capture() {
  const lines: string[] = [];
  const logger = createLogger(
    { service: 'test', version: '1.2.3', level: 'trace' },
    { write: (line: string) => void lines.push(line) },
  );
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

const canary = 'canary-81c2';

describe('the logger', () => {
  it('writes one JSON line with severity, time, service and the listed fields', () => {
    const { logger, last } = capture();
    logger.info('request', { 'http.route': '/v1/things', 'http.response.status_code': 200 });

    expect(last()).toEqual({
      severity_text: 'INFO',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      'service.name': 'test',
      'service.version': '1.2.3',
      'http.route': '/v1/things',
      'http.response.status_code': 200,
      body: 'request',
    });
  });

  it('drops every field that is not listed', () => {
    const { logger, lines } = capture();
    const careless = { 'x-api-key': canary, password: canary, headers: { authorization: canary } };
    logger.info('request', careless as Partial<LogFields>);

    expect(lines.join('')).not.toContain(canary);
  });

  it('keeps a line a line, and cuts long text', () => {
    const { logger, lines, last } = capture();
    logger.info('request', { 'http.route': `${'x'.repeat(10_000)}\n{"forged":true}` });

    expect(lines.join('').trimEnd().split('\n')).toHaveLength(1);
    expect(last()['http.route']).toHaveLength(4_096);
  });

  it('shows type, code and stack of a foreign error, but neither its message nor its properties', () => {
    const { logger, lines, last } = capture();
    const error = Object.assign(new DatabaseError(`user "${canary}"`, 1, 'error'), {
      code: '28P01',
      detail: canary,
    });
    logger.error('failed', {}, error);

    expect(last()).toMatchObject({ 'exception.type': 'error', 'error.type': '28P01' });
    expect(last()['exception.stacktrace']).toMatch(/^at /);
    expect(lines.join('')).not.toContain(canary);
  });

  it('shows the message of a programming error, unless Node put arguments into it', () => {
    const { logger, last } = capture();
    logger.error('failed', {}, new TypeError('x is not a function'));
    expect(last()['exception.message']).toBe('x is not a function');

    logger.error('failed', {}, Object.assign(new TypeError(canary), { code: 'ERR_INVALID_ARG_TYPE' }));
    expect(last()).not.toHaveProperty('exception.message');
  });

  it('shows what is wrong with the wiring', async () => {
    const { logger, last } = capture();
    class Missing {}
    class Wanting {
      constructor(readonly missing: Missing) {}
    }
    Injectable()(Wanting);
    Reflect.defineMetadata('design:paramtypes', [Missing], Wanting);
    const root = { module: class Root {}, providers: [Wanting] };
    const failing = NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
    await failing.catch((error: unknown) => logger.fatal('failed', {}, error));

    expect(last()['exception.message']).toMatch(/can't resolve dependencies of the Wanting/);
  });

  it.each([canary, undefined, null, { message: canary }])(
    'takes %j as an error without showing it',
    (thrown) => {
      const { logger, lines } = capture();
      logger.fatal('failed', {}, thrown);

      expect(lines.join('')).not.toContain(canary);
    },
  );

  it("keeps the framework's free text out, and names where it came from", () => {
    const { logger, lines, last } = capture();
    const framework = nestLogger(logger);
    framework.warn(`something about ${canary}`, 'RouterExplorer');
    framework.error(new Error(canary), canary, 'ExceptionsHandler');
    framework.log(canary);

    expect(lines).toHaveLength(3);
    expect(lines.join('')).not.toContain(canary);
    expect(last()['body']).toBe('framework message from Nest');
  });
});
