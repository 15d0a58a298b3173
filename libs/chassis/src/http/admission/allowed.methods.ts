import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Knows which methods a path has, so that a wrong one gets 405 with `Allow` instead of 404. */
export class AllowedMethods {
  readonly #methods = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  /** Must see the server before its routes are added. */
  constructor(server: FastifyInstance) {
    server.addHook('onRoute', ({ url, method }) => {
      const known = this.#methods.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
      for (const name of [method].flat()) {
        known.methods.add(name);
      }
      this.#methods.set(url, known);
    });
  }

  /** Methods of the request's path, sorted; empty where no route is. */
  of(request: FastifyRequest): string[] {
    const path = pathOf(request.url);
    const found = [...this.#methods.values()].filter(({ pattern }) => pattern.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].toSorted();
  }
}

/** The path as the router reads it: without the authority of an absolute target, with encoded letters decoded. */
function pathOf(target: string): string {
  const [path = ''] = target.replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/, 1);
  return decodeURI(path);
}

/** `/v1/things/:id` → one segment per parameter; `*` → the rest. */
function patternOf(url: string): RegExp {
  const source = url
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : segment === '*' ? '.*' : RegExp.escape(segment)))
    .join('/');
  return new RegExp(`^${source}$`);
}
