/** A port can't be opened; the message names the variable that chooses another. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** For `catch`: explains why a server could not listen. */
export function asListenError(variable: string, port: number) {
  return (error: unknown): never => {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'EADDRINUSE' ? 'is taken' : `can't be opened (${code})`;
    throw new ListenError(`port ${port} ${reason}; stop what uses it, or set ${variable} to another`);
  };
}
