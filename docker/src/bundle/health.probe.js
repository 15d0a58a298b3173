// HEALTHCHECK of the image, for hosts without Kubernetes: exit code 0 while the process answers.
import { get } from 'node:http';

const port = process.env.MANAGEMENT_PORT ?? '9464';
get(`http://127.0.0.1:${port}/livez`, { timeout: 2_000 }, ({ statusCode }) => {
  process.exit(statusCode === 200 ? 0 : 1);
}).on('error', () => process.exit(1));
