import { serviceCommand } from '../commands/service.command.ts';
import { generatorOf } from '../shell/yeoman.shell.ts';

export default generatorOf(serviceCommand);
