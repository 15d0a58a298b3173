/**
 * Wraps a tree so that it knows which of its fields somebody has read.
 *
 * @returns the tree to hand on, and the JSON pointers of what was never read; below an unread field nothing is listed
 */
export function readingProxy(tree: object): { proxy: object; unread: () => string[] } {
  const seen = new Map<string, { target: object; read: Set<string> }>();
  const wrap = (target: object, path: string): object => {
    const entry = seen.get(path) ?? { target, read: new Set<string>() };
    seen.set(path, entry);
    return new Proxy(target, {
      get(object, key, receiver) {
        const value: unknown = Reflect.get(object, key, receiver);
        if (typeof key === 'symbol') return value;
        entry.read.add(key);
        const isTree = typeof value === 'object' && value !== null;
        return isTree ? wrap(value, `${path}/${key.replaceAll('/', '~1')}`) : value;
      },
    });
  };
  const proxy = wrap(tree, '');
  const unread = (): string[] =>
    [...seen].flatMap(([path, { target, read }]) =>
      Object.keys(target)
        .filter((key) => !read.has(key))
        .map((key) => `${path}/${key.replaceAll('/', '~1')}`),
    );
  return { proxy, unread };
}
