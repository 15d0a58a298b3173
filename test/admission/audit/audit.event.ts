import type { AuditedRequest, Level } from './audit.policy.ts';

/** A line of the audit log: audit.k8s.io/v1 Event, as far as it is read here. */
export interface AuditEvent {
  readonly level: Level;
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { username: string; groups?: string[] };
  readonly objectRef?: {
    resource?: string;
    apiGroup?: string;
    subresource?: string;
    namespace?: string;
    name?: string;
  };
  readonly responseStatus?: { code?: number; message?: string };
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What an audit policy saw of it. */
export function requestOf({ verb, requestURI, user, objectRef }: AuditEvent): AuditedRequest {
  const { pathname } = new URL(requestURI, 'https://any');
  const request = { user: user.username, groups: user.groups ?? [], verb, path: pathname };
  if (objectRef?.resource === undefined) return request;
  const { resource, apiGroup = '', subresource, namespace, name } = objectRef;
  return {
    ...request,
    resource: {
      group: apiGroup,
      name: resource,
      ...(subresource === undefined ? {} : { subresource }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { object: name }),
    },
  };
}
