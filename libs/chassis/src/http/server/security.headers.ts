import type { SecurityHeadersOptions } from '@nestjs/common';

/** Answers are data: no page may run, frame or cache them. */
export const securityHeaders: SecurityHeadersOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: "'none'", frameAncestors: "'none'" },
  },
};
