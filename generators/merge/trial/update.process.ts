import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyUpdate, findBases, openWorkspace, planUpdate } from '../index.ts';
import { treeOf, trialOwner, type Files } from './trial.workspace.ts';

// Updates a workspace in a process of its own, which a test may stop. The folder holds what to update to, and gets the process's id.
const [root = '', folder = ''] = process.argv.slice(2);
writeFileSync(join(folder, 'pid'), String(process.pid));
const next = JSON.parse(readFileSync(join(folder, 'next.json'), 'utf8')) as Files;
const workspace = openWorkspace(root);
const request = { workspace, version: '1.1.0', ownerOf: trialOwner, bases: findBases(workspace) };
await applyUpdate(planUpdate({ ...request, next: treeOf(next) }));
// Time for a signal that was held back to take effect.
setTimeout(() => undefined, 1000);
