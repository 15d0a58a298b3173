import type { Fault } from './fault.proxy.ts';

export const hang: Fault = () => undefined;

/** A byte now and then: no single wait is long. */
export const drip: Fault = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
};

export const slow =
  (milliseconds: number): Fault =>
  (_response, _call, forward) => {
    setTimeout(forward, milliseconds);
  };

export const redirect =
  (target: string): Fault =>
  (response, { path }) => {
    response.writeHead(307, { location: `${target}${path}` }).end();
  };

export const answer =
  (status: number, headers: Record<string, string> = {}, body = '{"errors":["no"]}'): Fault =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };

/** Endless. */
export const flood: Fault = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(65_536))) {
      // Until the connection is full.
    }
  };
  response.on('drain', more);
  more();
};

/** Passes the request on, and loses the answer. */
export const deaf: Fault = (response, _call, forward) => {
  response.writeHead = () => response;
  response.write = () => true;
  response.end = () => response;
  forward();
};

/** Only what `matches`; the rest is passed on. */
export const only =
  (matches: RegExp, fault: Fault): Fault =>
  (response, call, forward) =>
    matches.test(call.path) ? fault(response, call, forward) : forward();

/** Keeps requests until they are let go. */
export function held(): { fault: Fault; release: () => void; count: () => number } {
  const forwards: (() => void)[] = [];
  return {
    fault: (_response, _call, forward) => void forwards.push(forward),
    release: () => forwards.splice(0).forEach((forward) => forward()),
    count: () => forwards.length,
  };
}
