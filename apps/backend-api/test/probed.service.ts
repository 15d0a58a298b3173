/** Whether a service says that it is ready; one that can't be reached isn't. */
export const isReady = (managementUrl: string): Promise<boolean> =>
  fetch(`${managementUrl}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Requests that a service has begun to serve and not yet answered. */
export async function activeRequests(managementUrl: string): Promise<number> {
  const metrics = await fetch(`${managementUrl}/metrics`).then((answer) => answer.text());
  return Number(/^http_server_active_requests (\d+)$/m.exec(metrics)?.[1]);
}
