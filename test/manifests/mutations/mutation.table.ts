/** One field broken: object, pointer, new value, and exactly the rules that have to fail. */
export type MutationRow = readonly [target: string, pointer: string, value: unknown, ...breaks: string[]];
