import { sampleOf, type Schema } from './sample.value.ts';

interface Operation {
  requestBody?: { content?: Record<string, { schema?: Schema; example?: unknown }> };
}

interface OpenApiDocument {
  paths?: Record<string, { get?: Operation; post?: Operation }>;
  components?: { schemas?: Record<string, Schema> };
}

/** The first collection a service offers, and what a new member of it may look like. */
export interface SampleRequests {
  path: string;
  /** JSON */
  body: string;
}

/** Asks the running service for its OpenAPI document; undefined when it gives none or no collection is in it. */
export async function findSampleRequests(url: string, apiKey: string): Promise<SampleRequests | undefined> {
  try {
    const response = await fetch(`${url}/openapi.json`, { headers: { 'x-api-key': apiKey } });
    return response.ok ? sampleRequestsOf(JSON.parse(await response.text())) : undefined;
  } catch {
    // A service that just died is somebody else's news; a sample isn't worth failing for.
    return undefined;
  }
}

export function sampleRequestsOf(document: OpenApiDocument): SampleRequests | undefined {
  const collection = Object.entries(document.paths ?? {}).find(
    ([path, operations]) => operations.get && operations.post && !path.includes('{'),
  );
  if (!collection) return undefined;
  const [path, { post }] = collection;
  const content = post?.requestBody?.content?.['application/json'] ?? {};
  const resolve = (ref: string) => document.components?.schemas?.[ref.split('/').at(-1) ?? ''] ?? {};
  return { path, body: JSON.stringify(content.example ?? sampleOf(content.schema ?? {}, 'body', resolve)) };
}
