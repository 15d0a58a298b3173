import { resourceCommand } from '../commands/resource.command.ts';
import { generatorOf } from '../shell/yeoman.shell.ts';

export default generatorOf(resourceCommand);
