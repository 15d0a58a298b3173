import { request as httpsRequest, Agent } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Manifest } from '../../kubernetes/manifest.ts';

/** What the API server said. A refusal is an answer, no error. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  /** Of a refusal; empty otherwise. */
  readonly message: string;
}

export interface ApiClient {
  request(method: string, path: string, body?: object, type?: string): Promise<Answer>;
  /** Creates an object, or only asks whether it would be admitted. */
  create(object: Manifest, options?: { dryRun?: boolean }): Promise<Answer>;
  /** Applies on the side of the server, or only asks whether that would be admitted. */
  apply(object: Manifest, options?: { dryRun?: boolean }): Promise<Answer>;
  remove(object: Manifest): Promise<Answer>;
}

export interface Connection {
  readonly server: string;
  readonly ca: string;
  readonly token: string;
}

export function apiClient({ server, ca, token }: Connection): ApiClient {
  const agent = new Agent({ ca, keepAlive: true, maxSockets: 8 });
  const request: ApiClient['request'] = async (method, path, body, type = 'application/json') => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const headers = { authorization: `Bearer ${token}`, 'content-type': type, accept: 'application/json' };
    httpsRequest(new URL(path, server), { method, agent, headers }, (response) => {
      text(response).then((answer) => resolve(read(response.statusCode ?? 0, answer)), reject);
    })
      .on('error', reject)
      .end(body && JSON.stringify(body));
    return promise;
  };
  return {
    request,
    create: (object, { dryRun = false } = {}) =>
      request('POST', `${collectionOf(object)}${dryRun ? '?dryRun=All' : ''}`, object),
    apply: (object, { dryRun = false } = {}) =>
      request(
        'PATCH',
        `${pathOf(object)}?fieldManager=tests&force=true${dryRun ? '&dryRun=All' : ''}`,
        object,
        'application/apply-patch+yaml',
      ),
    remove: (object) => request('DELETE', pathOf(object)),
  };
}

function read(status: number, answer: string): Answer {
  const body = answer.startsWith('{') ? (JSON.parse(answer) as Record<string, unknown>) : { text: answer };
  const message = status >= 400 ? body['message'] : '';
  return { status, body, message: typeof message === 'string' ? message : answer };
}

/** Where objects of its kind live: `/apis/apps/v1/namespaces/demo/deployments`. */
export function collectionOf({ apiVersion, kind, metadata: { namespace } }: Manifest): string {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope = namespace === undefined ? '' : `/namespaces/${namespace}`;
  const plural = `${kind.toLowerCase()}s`.replace(/sss$/, 'sses').replace(/ys$/, 'ies');
  return `${group}${scope}/${plural}`;
}

export const pathOf = (object: Manifest): string => `${collectionOf(object)}/${object.metadata.name}`;
