import { appCommand } from '../commands/app.command.ts';
import { generatorOf } from '../shell/yeoman.shell.ts';

export default generatorOf(appCommand);
