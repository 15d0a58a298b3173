import { codeOf } from '../stack.error.ts';

/** What a file operation gives, or undefined when there is nothing at its path. */
export async function unlessMissing<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
