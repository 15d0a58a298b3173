import type { TreeFile } from '../../tree/index.ts';

type Endings = 'lf' | 'crlf' | 'mixed';

function endingsOf({ mode, contents }: TreeFile): Endings {
  if (mode === '120000' || contents.includes(0)) return 'mixed';
  const text = contents.toString('latin1');
  const all = text.match(/\n/g)?.length ?? 0;
  const windows = text.match(/\r\n/g)?.length ?? 0;
  if (windows === 0) return 'lf';
  return windows === all ? 'crlf' : 'mixed';
}

/**
 * A file with the line endings of another one. A user who stores a file with CRLF changed each of its lines, and every
 * change of the template would be a conflict; so both of the template's versions take the user's endings.
 */
export function withEndingsOf(yours: TreeFile | undefined, file: TreeFile): TreeFile {
  if (!yours || endingsOf(yours) !== 'crlf' || endingsOf(file) !== 'lf') return file;
  return {
    ...file,
    contents: Buffer.from(file.contents.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
  };
}
