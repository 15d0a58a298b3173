/** Nest and pg load these only when they are installed, which here they aren't; left as they are, a try to load one fails as usual. */
export const absentPackages = [
  '@fastify/multipart',
  '@fastify/view',
  '@nestjs/microservices',
  '@nestjs/microservices/*',
  '@nestjs/platform-express',
  '@nestjs/websockets',
  '@nestjs/websockets/*',
  'class-transformer',
  'class-transformer/*',
  'class-validator',
  'pg-native',
];
