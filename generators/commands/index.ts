import { appCommand } from './app.command.ts';
import type { Command } from './command.contract.ts';
import { resourceCommand } from './resource.command.ts';
import { serviceCommand } from './service.command.ts';
import { updateCommand } from './update.command.ts';

/** Everything that the generator does, in the order in which one meets it. */
export const commands: readonly Command[] = [appCommand, serviceCommand, resourceCommand, updateCommand];

export { appCommand, resourceCommand, serviceCommand, updateCommand };
export type { Caller, Command } from './command.contract.ts';
