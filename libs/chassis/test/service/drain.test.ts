import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { startTestService, type TestService } from '@secure-backend/chassis/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notesApi } from '../http/fixture/notes.definition.ts';

interface Call {
  outcome: number | string;
  /** Sent along a connection that had carried a request before. */
  kept: boolean;
  /** Told by the answer to close the connection. */
  told: boolean;
}

describe('the drain', () => {
  let service: TestService;
  const agents: Agent[] = [];
  const sockets: Socket[] = [];
  beforeEach(async () => {
    service = await startTestService(notesApi, { environment: { SHUTDOWN_DELAY_MS: '300' } });
  });
  afterEach(() => {
    agents.forEach((agent) => agent.destroy());
    sockets.forEach((socket) => socket.destroy());
  });

  async function call(agent: Agent): Promise<Call> {
    const sent = request(`${service.url}/v1/notes`, { agent, headers: { 'x-api-key': service.apiKey } });
    sent.end();
    try {
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      answer.resume();
      await once(answer, 'end');
      const told = answer.headers.connection === 'close';
      return { outcome: answer.statusCode ?? 0, kept: sent.reusedSocket, told };
    } catch (error) {
      return {
        outcome: (error as NodeJS.ErrnoException).code ?? 'failed',
        kept: sent.reusedSocket,
        told: false,
      };
    }
  }

  /** Calls over one kept connection, with pauses, until a call fails. */
  async function callUntilRefused(): Promise<Call[]> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    agents.push(agent);
    const calls = [await call(agent)];
    while (calls.at(-1)?.outcome === 200) {
      await delay(Math.random() * 40);
      calls.push(await call(agent));
    }
    return calls;
  }

  it('fails no request along a kept connection, even of callers that never look at readiness', async () => {
    const callers = Array.from({ length: 20 }, callUntilRefused);
    await delay(300);
    const stopped = service.stop();
    const calls = (await Promise.all(callers)).flat();
    await stopped;

    expect(calls.filter(({ kept, outcome }) => kept && outcome !== 200)).toEqual([]);
    expect(calls.filter(({ kept }) => kept).length).toBeGreaterThan(20);
    // Each caller was told once; its next, new connection was not accepted.
    expect(calls.filter(({ told }) => told).length).toBeGreaterThanOrEqual(20);
  });

  it('does not wait for connections that never sent a byte', async () => {
    for (let n = 0; n < 5; n++) {
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1').on('error', () => undefined);
      sockets.push(socket);
      await once(socket, 'connect');
    }
    const outcome = await Promise.race([service.stop().then(() => 'stopped'), delay(5_000, 'still waiting')]);

    expect(outcome).toBe('stopped');
  });
});
