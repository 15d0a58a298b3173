import { openThrowawayVault, type ThrowawayVault, vaultMissing } from '@secure-backend/local-stack/testing';
import { mutateInPlace, swapAndEnd } from '../controls/control.runs.ts';
import type { Figures } from '../load/measured.stretch.ts';
import { SaturatingLoad } from '../load/saturating.load.ts';
import { tableHead, tableRows } from '../report/percentile.table.ts';
import { openBenchPostgres } from '../surroundings/bench.postgres.ts';
import { openFileStore } from '../surroundings/file.store.ts';
import { items } from '../surroundings/item.statements.ts';
import { vaultStore } from '../surroundings/vault.store.ts';
import { type BenchContext, workers } from './bench.context.ts';
import { type OutageResult, sealUnderLoad } from './outage.part.ts';
import { controlGoal, type Goal, outageGoals } from './rotation.goals.ts';
import type { RotationOptions } from './rotation.options.ts';
import { runSource, type SourceResult } from './source.part.ts';

export interface RotationReport {
  options: RotationOptions;
  sources: SourceResult[];
  outage?: OutageResult;
  /** Why there are no figures on Vault. */
  vaultMissing?: string;
  controls: Figures[];
  goals: Goal[];
}

type Surroundings = Pick<BenchContext, 'options' | 'say' | 'signal'>;

/**
 * The whole benchmark, on servers of its own that are gone afterwards.
 *
 * @throws the signal's reason when it was interrupted
 */
export async function runRotation(surroundings: Surroundings): Promise<RotationReport> {
  const { options, say } = surroundings;
  const report: RotationReport = { options, sources: [], controls: [], goals: [] };
  say(tableHead());
  if (options.source !== 'vault') await withPostgres(surroundings, (context) => benchFiles(context, report));
  if (options.source !== 'files') await benchVault(surroundings, report);
  await withPostgres(surroundings, (context) => runControls(context, report));
  return report;
}

async function benchFiles(context: BenchContext, report: RotationReport): Promise<void> {
  const { postgres } = context;
  const { result, goals } = await runSource(context, 'files', (events) => openFileStore(postgres, events));
  report.sources.push(result);
  report.goals.push(...goals);
}

async function benchVault(surroundings: Surroundings, report: RotationReport): Promise<void> {
  report.vaultMissing = vaultMissing();
  if (report.vaultMissing !== undefined) {
    surroundings.say(`  left out, there is no Vault: ${report.vaultMissing}`);
    if (surroundings.options.source === 'vault') {
      report.goals.push({ name: 'vault: is there', isMet: false, found: report.vaultMissing });
    }
    return;
  }
  const vault = await openThrowawayVault();
  try {
    await withPostgres(surroundings, (context) => benchVaultParts(context, vault, report));
  } finally {
    await vault.remove();
  }
}

async function benchVaultParts(context: BenchContext, vault: ThrowawayVault, report: RotationReport) {
  const { result, goals } = await runSource(context, 'vault', vaultStore(vault, context.postgres));
  report.sources.push(result);
  report.goals.push(...goals);
  if (context.options.outage === 0) return;
  const outage = await sealUnderLoad(context, vault);
  tableRows(outage.figures).forEach(context.say);
  for (const { seconds, what } of outage.timeline)
    context.say(`  ${seconds.toFixed(2).padStart(6)} s ${what}`);
  report.outage = outage;
  report.goals.push(...outageGoals(outage));
}

async function runControls(context: BenchContext, report: RotationReport): Promise<void> {
  for (const control of [mutateInPlace, swapAndEnd]) {
    // oxlint-disable-next-line no-await-in-loop -- one control after the other
    const figures = await control(context);
    tableRows(figures).forEach(context.say);
    report.controls.push(figures);
    report.goals.push(controlGoal(figures));
  }
}

async function withPostgres(
  surroundings: Surroundings,
  work: (context: BenchContext) => Promise<void>,
): Promise<void> {
  const postgres = await openBenchPostgres();
  try {
    await work({ ...surroundings, postgres, load: new SaturatingLoad({ workers, items }) });
  } finally {
    await postgres.remove();
  }
}
