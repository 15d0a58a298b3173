/** One line of `tar --list --verbose --numeric-owner`. */
export interface ListedFile {
  /** `drwxr-xr-x`, as `ls` shows it. */
  readonly mode: string;
  readonly owner: string;
  readonly path: string;
}

export const parseListing = (text: string): ListedFile[] =>
  text
    .split('\n')
    .map((line) => /^(\S{10})\s+(\S+)\s+\d+\s+\S+\s+\S+\s+(.+)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, mode = '', owner = '', path = '']) => ({ mode, owner, path: path.replace(/ -> .*$/, '') }));

/** Programs that somebody who got in would look for. */
const tools =
  /(?:^|\/)(?:sh|bash|dash|ash|busybox|zsh|apt|apt-get|dpkg|apk|rpm|npm|npx|yarn|corepack|curl|wget|perl|python\d?)$/;

const isIn = (path: string, folder: string): boolean => path.replace(/^\.?\//, '').startsWith(folder);

/**
 * What a file system has that it shouldn't: shells, package managers, set-uid files, and what the service's user could write.
 *
 * @param accepted paths that the base brings along
 */
export const weaknesses = (files: readonly ListedFile[], accepted: RegExp): string[] =>
  files.flatMap(({ mode, owner, path }) => {
    if (mode.startsWith('l') || accepted.test(path)) return [];
    const found = [
      tools.test(path) && !mode.startsWith('d') && 'a tool',
      /^.{3}[sS]|^.{6}[sS]/.test(mode) && 'set-uid or set-gid',
      mode.at(8) === 'w' && 'writable for everybody',
      owner.startsWith('65532/') && mode.at(2) === 'w' && 'writable for the service',
      isIn(path, 'app') && owner !== '0/0' && 'not owned by root',
    ];
    return found.filter((one) => typeof one === 'string').map((one) => `${path}: ${one}`);
  });

/** Files that have no business in an image. */
export const strays = (files: readonly ListedFile[]): string[] =>
  files
    .map(({ path }) => path)
    .filter(
      (path) =>
        isIn(path, 'app') &&
        /\.(?:map|ts|tsbuildinfo)$|\.env|(?:^|\/)(?:test|testing|reports|\.git|\.npmrc)(?:\/|$)|\.(?:spec|test)\./.test(
          path,
        ),
    );
