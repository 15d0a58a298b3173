import { describe, expect, it } from 'vitest';
import { link, script, treeOf } from '../trial/trial.workspace.ts';
import { blobId } from '../git/git.objects.ts';
import { readRecord, recordFile, recordOf, writeRecord } from './stamp.record.ts';

describe('the record of what was stamped', () => {
  const tree = treeOf({
    b: 'b\n',
    'a.sh': script('a\n'),
    c: link('b'),
    [recordFile]: 'old',
  });
  const id = '61780798228d17af2d34fce4cfbdf35556832472';

  it("names each file by git's id, with its mode where that isn't the usual one, but not itself", () => {
    expect(blobId(Buffer.from('b\n'))).toBe(id);
    expect(JSON.parse(writeRecord(recordOf('1.0.0', tree)))).toEqual({
      version: '1.0.0',
      files: {
        'a.sh': `100755 ${blobId(Buffer.from('a\n'))}`,
        b: id,
        c: `120000 ${blobId(Buffer.from('b'))}`,
      },
    });
  });

  it('comes back as it was written', () => {
    const record = recordOf('1.0.0', tree);
    expect(writeRecord(readRecord(writeRecord(record)))).toBe(writeRecord(record));
  });

  it.each(['', '{}', '[]', '{"version":"1","files":{"a":"b"}}', `{"version":"1","files":{"a":"777 ${id}"}}`])(
    'is refused when it says %j',
    (text) => {
      expect(() => readRecord(text)).toThrow('Take it out of your history again.');
    },
  );
});
