import type { INestApplication } from '@nestjs/common';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { Problem } from '../problems/index.ts';
import { type DocumentInformation, openApiDocument } from './openapi.document.ts';

const documentPath = '/openapi.json';
const pagePath = '/docs';
const fileRoutes = [`${pagePath}/*`, `${pagePath}${pagePath}/*`];

/** The page runs its own scripts and styles, nothing from elsewhere. */
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What the page loads. Its package holds more that is nobody's business. */
const pageFile = /^(?:swagger-ui[\w-]*|index)\.(?:css|js)$|^favicon-\w+\.png$/;

/** Serves the document and its page without an API key. Call it before the application is initialised. */
export function serveDocumentation(
  app: INestApplication,
  server: FastifyInstance,
  information: DocumentInformation,
): void {
  // Not all below the path: a service's own route there must ask for a key like any other.
  let isAddingOwnRoutes = true;
  server.addHook('onRoute', (route) => {
    if (isAddingOwnRoutes || isFileRoute(route)) {
      route.config = { ...route.config, public: true };
    }
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.config.public !== true) {
      done();
      return;
    }
    reply.header('content-security-policy', pagePolicy);
    done(isServed(request) ? undefined : new Problem('not_found'));
  });
  SwaggerModule.setup(pagePath, app, () => openApiDocument(app, information), {
    jsonDocumentUrl: documentPath,
    raw: ['json'],
    customSiteTitle: information.title,
  });
  isAddingOwnRoutes = false;
}

/** Added only later, when the plugin that serves files is loaded. No service can take its place: that ends the start. */
function isFileRoute({ url, method }: RouteOptions): boolean {
  const isRead = [method].flat().every((name) => name === 'GET' || name === 'HEAD');
  return isRead && fileRoutes.includes(url);
}

function isServed({ params, routeOptions }: FastifyRequest): boolean {
  const { url = '' } = routeOptions;
  const file = (params as { '*'?: string })['*'] ?? url.slice(pagePath.length + 1);
  return [documentPath, pagePath, `${pagePath}/`].includes(url) || pageFile.test(file);
}
