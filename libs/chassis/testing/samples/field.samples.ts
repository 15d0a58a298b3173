/** What one field of a resource takes and what it refuses, in JSON. */
export interface FieldSamples {
  /** Ordinary values, short enough to send many of them. */
  readonly typical: readonly unknown[];
  /** Values at the limits, which are kept as they are too. */
  readonly extreme: readonly unknown[];
  readonly refused: readonly unknown[];
  /** What a draft that leaves the field out gets; a draft can't where there is none. */
  readonly default?: unknown;
}

const fits = ({ min, max }: { min: number; max: number }) => {
  return (value: string) => value.length >= min && value.length <= max;
};

/** Lengths count UTF-16 units. A text that must not be empty must not be blank either. */
function text({ min = 0, max }: { min?: number; max: number }): FieldSamples {
  const odd = ['', '🏳️‍🌈 ﷽ \u202e<b>\\ \'";-- %00 \x7f', 'a', 'a'.repeat(max)];
  const blank = min > 0 ? ['', ' \t\n\u00a0'] : [];
  return {
    typical: ['Some text', 'Another text', 'A third'].map((value) => value.slice(0, max)),
    extreme: odd.filter(fits({ min, max })),
    refused: [...blank, 'a\0', '\0', 'a\ud800', 'a'.repeat(max + 1), 1, null],
  };
}

function oneOf(values: readonly string[]): FieldSamples {
  return { typical: values.slice(0, 4), extreme: values.slice(4), refused: ['no-such-value', '', 0, null] };
}

function date(): FieldSamples {
  return {
    typical: ['2028-02-01', '2028-02-29', '2028-03-01', '2029-01-01'],
    extreme: ['0001-01-01', '9999-12-31', '2024-02-29'],
    refused: ['2023-02-29', '0000-01-01', '10000-01-01', '2024-02-29T00:00:00Z', 'tomorrow', 1, null],
  };
}

function timestamp(): FieldSamples {
  const [day, night] = ['2028-02-01T00:00:00.000Z', '2028-02-29T23:59:59.999Z'];
  const imagined = ['2023-02-29', '0000-01-01'].map((wrong) => `${wrong}T00:00:00.000Z`);
  const loose = ['2028-02-29T00:00:00.000+01:00', '2028-02-29T00:00:00Z', '2028-02-29', 'now'];
  return {
    typical: [day, night, '2029-01-01T12:30:00.500Z'],
    extreme: ['0001-01-01T00:00:00.000Z', '0099-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    refused: [...imagined, ...loose, 1, null],
  };
}

function money(): FieldSamples {
  const most = '99999999999999999.99';
  return {
    typical: ['0.00', '12.50', '-3.99'],
    extreme: [most, `-${most}`, '-0.01'],
    refused: [
      ...'12 12.5 1.234 -0.00 00.10 1,00 1e3 NaN'.split(' '),
      '',
      '1.00\n',
      '\0',
      `1${most}`,
      12.5,
      null,
    ],
  };
}

function integer(): FieldSamples {
  return {
    typical: [0, 7, -1],
    extreme: [2_147_483_647, -2_147_483_648],
    refused: [2_147_483_648, -2_147_483_649, Number.MAX_SAFE_INTEGER + 2, 1e300, 0.5, '1', null],
  };
}

function number(): FieldSamples {
  return {
    typical: [0, 1.5, -2.25],
    extreme: [Number.MAX_VALUE, Number.MIN_VALUE, 0.1, 1e21],
    refused: ['1', 'NaN', true, null],
  };
}

function boolean(): FieldSamples {
  return { typical: [true, false], extreme: [], refused: ['true', 'yes', '', 0, 1, null] };
}

function uuid(): FieldSamples {
  return {
    typical: ['0190b2a1-7c3d-7000-8000-00000000abcd', 'f47ac10b-58cc-4372-a567-0e02b2c3d479'],
    extreme: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
    refused: ['{0190b2a1-7c3d-7000-8000-00000000abcd}', '0190b2a17c3d7000800000000000abcd', '', 1, null],
  };
}

/** The same field where null says that there is nothing. */
const nullable = ({ typical, refused, ...others }: FieldSamples): FieldSamples => ({
  ...others,
  typical: [null, ...typical],
  refused: refused.filter((value) => value !== null),
  default: null,
});

const withDefault = (value: unknown, samples: FieldSamples): FieldSamples => ({ ...samples, default: value });

/** Samples by type of field. */
export const sample = {
  text,
  oneOf,
  date,
  timestamp,
  money,
  integer,
  number,
  boolean,
  uuid,
  nullable,
  withDefault,
};
