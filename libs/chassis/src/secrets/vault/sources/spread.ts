/** That many milliseconds, give or take a tenth: replicas that began together don't knock together. */
export function spread(milliseconds: number): number {
  return milliseconds * (0.9 + 0.2 * Math.random());
}
