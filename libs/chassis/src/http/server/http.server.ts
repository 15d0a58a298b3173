import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DynamicModule } from '@nestjs/common';
import type { Lifecycle } from '../../health/index.ts';
import { type Logger, type Metrics, nestLogger } from '../../telemetry/index.ts';
import { addAdmission } from '../admission/admission.ts';
import type { ApiKeys } from '../admission/api.keys.ts';
import { InFlight } from '../admission/in.flight.ts';
import { SchemaValidationPipe } from '../contract/schema.validation.pipe.ts';
import { serveDocumentation } from '../documentation/documentation.ts';
import type { DocumentInformation } from '../documentation/openapi.document.ts';
import { ProblemFilter } from '../problems/index.ts';
import { answerClientErrors } from './client.errors.ts';
import { addExpectations } from './expectations.ts';
import type { HttpConfiguration } from './http.configuration.ts';
import { readJsonOnly } from './json.body.ts';
import { refuseUnwantedBodies } from './request.body.ts';
import { requestId } from './request.identity.ts';
import { createRequestLog, type ObserveRequest } from './request.log.ts';
import { answerRoutingErrors } from './routing.errors.ts';
import { securityHeaders } from './security.headers.ts';
import { refuseAmbiguousFraming } from './strict.framing.ts';
import { sendNoLengthWhenUnchanged } from './unchanged.answers.ts';

/** Most connections are idle, kept for a next request; yet somebody who only opens them must come to an end. */
const connectionsPerRequest = 4;

export interface HttpServerOptions {
  configuration: HttpConfiguration;
  information: DocumentInformation;
  keys: ApiKeys;
  lifecycle: Lifecycle;
  logger: Logger;
  metrics: Metrics;
}

export interface HttpServer {
  app: NestFastifyApplication;
  inFlight: InFlight;
}

/** The API of a root module under the whole HTTP contract, initialised and not yet listening. */
export async function createHttpServer(
  root: Type | DynamicModule,
  options: HttpServerOptions,
): Promise<HttpServer> {
  const { configuration, lifecycle, logger, metrics } = options;
  const inFlight = new InFlight();
  const observe = createRequestLog({ inFlight, logger, metrics });
  const adapter = createAdapter(configuration, { inFlight, metrics, observe });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: nestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  app.useSecurityHeaders(securityHeaders);
  app.useGlobalPipes(new SchemaValidationPipe());
  app.useGlobalFilters(new ProblemFilter(logger));

  const server = app.getHttpAdapter().getInstance();
  server.server.maxConnections = configuration.HTTP_MAX_CONCURRENT_REQUESTS * connectionsPerRequest;
  readJsonOnly(server);
  sendNoLengthWhenUnchanged(server);
  server.addHook('onRequest', (request, reply, done) => {
    observe(request, reply);
    reply.header('cache-control', 'no-store');
    if (lifecycle.isDraining) {
      // Tells a client with a kept connection to come back on another one, which finds another replica.
      reply.header('connection', 'close');
    }
    done();
  });
  refuseAmbiguousFraming(server);
  refuseUnwantedBodies(server);
  addExpectations(server);
  await addAdmission(server, { configuration, keys: options.keys, inFlight, metrics });
  if (configuration.API_DOCS === 'on') {
    serveDocumentation(app, server, options.information);
  }
  await app.init();
  await server.ready();
  return { app, inFlight };
}

interface Observers {
  inFlight: InFlight;
  metrics: Metrics;
  observe: ObserveRequest;
}

function createAdapter(configuration: HttpConfiguration, observers: Observers): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: configuration.HTTP_BODY_LIMIT_BYTES,
    clientErrorHandler: answerClientErrors(observers),
    exposeHeadRoutes: true,
    forceCloseConnections: false,
    frameworkErrors: answerRoutingErrors(observers),
    genReqId: requestId,
    http: {
      connectionsCheckingInterval: 500,
      headersTimeout: headersTimeout(configuration),
      maxHeaderSize: 16_384,
      // Demanded in strict.framing.ts, which answers with a problem; Node's 400 has no body.
      requireHostHeader: false,
    },
    keepAliveTimeout: configuration.HTTP_KEEP_ALIVE_TIMEOUT_MS,
    logger: false,
    requestIdHeader: false,
    requestTimeout: configuration.HTTP_REQUEST_TIMEOUT_MS,
    return503OnClosing: false,
    trustProxy: configuration.HTTP_TRUSTED_PROXIES ?? false,
  });
}

/** Node swaps the two where headers have more time than the whole request, and would wait too long for a body. */
function headersTimeout({ HTTP_HEADERS_TIMEOUT_MS, HTTP_REQUEST_TIMEOUT_MS }: HttpConfiguration): number {
  return Math.min(HTTP_HEADERS_TIMEOUT_MS, HTTP_REQUEST_TIMEOUT_MS);
}
