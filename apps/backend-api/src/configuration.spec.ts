import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readConfiguration } from '@secure-backend/chassis/configuration';
import { configuration } from './configuration.ts';

const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
const shown = [...example.matchAll(/^#? ?([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => name);

describe('.env.example', () => {
  it('shows every variable of the configuration and no other', () => {
    expect(shown.toSorted()).toEqual(Object.keys(configuration.shape).toSorted());
  });

  it('is a valid configuration as it stands, and with every default spelled out', () => {
    const spelledOut = example.replaceAll(/^# ([A-Z][A-Z0-9_]*=)/gm, '$1');

    for (const text of [example, spelledOut]) {
      expect(() => readConfiguration(configuration, parseEnv(text) as Record<string, string>)).not.toThrow();
    }
  });

  it('shows the real defaults', () => {
    const defaults = readConfiguration(configuration, parseEnv(example) as Record<string, string>);
    const spelledOut = parseEnv(example.replaceAll(/^# ([A-Z][A-Z0-9_]*=)/gm, '$1')) as Record<
      string,
      string
    >;
    const hasDefault = (name: string) => defaults[name as keyof typeof defaults] !== undefined;
    const stated = Object.entries(spelledOut).filter(([name]) => hasDefault(name));

    for (const [name, value] of stated) {
      expect(String(defaults[name as keyof typeof defaults]), name).toBe(value);
    }
  });
});
