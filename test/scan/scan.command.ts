import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { readTexts, root } from '../repository.files.ts';
import { exceptionsFile, parseExceptions } from './exceptions/exception.list.ts';
import { applyExceptions } from './exceptions/exception.match.ts';
import { withNames } from './exceptions/exception.names.ts';
import { collectInputs } from './inputs/scan.inputs.ts';
import { plantDefects } from './planted/planted.inputs.ts';
import { joinHits } from './report/scan.finding.ts';
import { failuresOf, reportLines } from './report/scan.report.ts';
import { HELP, parseScanOptions, type ScanOptions } from './scan.options.ts';
import { scanWith, type ScannerResult } from './scan.ts';
import { scanners } from './scanners/index.ts';
import type { Scanner } from './scanners/scanner.ts';
import { isPresent } from './scanners/scanner.run.ts';
import { suppressions } from './suppressions/suppression.rule.ts';

/** Comments that silence a scanner are looked for without any program. */
const SUPPRESSIONS = 'suppressions';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run scan`: sets the process' exit code to 0 when nothing is left to say, otherwise to 1. */
export async function runScan(args: readonly string[]): Promise<void> {
  try {
    const options = parseScanOptions(
      args,
      scanners.map(({ name }) => name),
    );
    if (options.help) say(HELP);
    else if (options.list) listScanners();
    else process.exitCode = (await scanAll(options)) ? 0 : 1;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

function listScanners(): void {
  for (const scanner of scanners)
    say(
      `${scanner.name.padEnd(13)} ${isPresent(scanner) ? 'on the PATH' : `not on the PATH: ${scanner.install}`}`,
    );
}

async function scanAll({ only, require, image }: ScanOptions): Promise<boolean> {
  const wanted = scanners.filter(({ name }) => only?.includes(name) ?? true);
  const present = wanted.filter(isPresent);
  for (const { name, install } of wanted.filter((one) => !present.includes(one)))
    say(`not on the PATH: ${name} (${install})`);
  const names = [...scanners.map(({ name }) => name), SUPPRESSIONS];
  const file = join(root, exceptionsFile);
  const exceptions = parseExceptions(existsSync(file) ? readFileSync(file, 'utf8') : '', names);
  const results = await scanEach(present, image);
  const judgement = applyExceptions(
    results.flatMap(({ findings }) => findings),
    withNames(exceptions, {
      service: kustomizations.services().map((path) => basename(path)),
      caller: kustomizations.callers().map((path) => basename(path)),
    }),
    results
      .filter(({ inputs, problems }) => inputs > 0 && problems.length === 0)
      .map(({ scanner }) => scanner),
    new Date().toISOString().slice(0, 10),
  );
  const outcome = {
    results,
    judgement,
    missing: require.filter((name) => !results.some(({ scanner, inputs }) => scanner === name && inputs > 0)),
  };
  for (const line of reportLines(outcome)) say(line);
  return failuresOf(outcome).length === 0;
}

async function scanEach(present: readonly Scanner[], image: string | undefined): Promise<ScannerResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'scan-inputs-'));
  try {
    const { inputs, registries, absent } = await collectInputs(folder, image);
    for (const line of absent) say(`not judged: ${line}`);
    const planted = plantDefects(folder);
    const results = [lookForSuppressions()];
    for (const scanner of present) {
      say(`running: ${scanner.name}`);
      results.push(await scanWith(scanner, inputs, planted, registries));
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function lookForSuppressions(): ScannerResult {
  const texts = readTexts(/^(?:k8s|docker)\/|(?:^|\/)\.[\w-]+(?:\.\w+)?$/);
  const hits = suppressions(texts).map((hit) => ({ ...hit, input: 'sources' }));
  return {
    scanner: SUPPRESSIONS,
    inputs: 1,
    findings: joinHits(SUPPRESSIONS, hits),
    problems: [],
    seconds: 0,
  };
}
