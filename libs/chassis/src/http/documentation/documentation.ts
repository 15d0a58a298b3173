import type { INestApplication } from '@nestjs/common';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { type DocumentInformation, openApiDocument } from './openapi.document.ts';

const documentPath = '/openapi.json';
const pagePath = '/docs';

/** The page runs its own scripts and styles, nothing from elsewhere. */
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Serves the document and its page without an API key. Call it before the application is initialised. */
export function serveDocumentation(
  app: INestApplication,
  server: FastifyInstance,
  information: DocumentInformation,
): void {
  server.addHook('onRoute', (route) => {
    if (route.url === documentPath || route.url === pagePath || route.url.startsWith(`${pagePath}/`)) {
      route.config = { ...route.config, public: true };
    }
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.config.public === true) {
      reply.header('content-security-policy', pagePolicy);
    }
    done();
  });
  SwaggerModule.setup(pagePath, app, () => openApiDocument(app, information), {
    jsonDocumentUrl: documentPath,
    raw: ['json'],
    customSiteTitle: information.title,
  });
}
