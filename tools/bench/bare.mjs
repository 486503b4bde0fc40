// The floor of a list: a bare Fastify route that answers given bytes, in a process of its own.
import fastify from 'fastify';
import { serveJobs } from './child.mjs';

serveJobs(async ({ port, body }) => {
  const server = fastify();
  server.get('/', (_request, reply) => reply.type('application/json; charset=utf-8').send(body));
  await server.listen({ port, host: '127.0.0.1' });
});
