import { updateCommand } from '../commands/update.command.ts';
import { generatorOf } from '../shell/yeoman.shell.ts';

export default generatorOf(updateCommand);
