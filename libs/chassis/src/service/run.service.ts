import { ConfigurationError, readConfiguration } from '../configuration/index.ts';
import { createLogger } from '../telemetry/index.ts';
import { commands } from './commands.ts';
import { readManifest, type ServiceDefinition } from './service.definition.ts';

/**
 * The whole of a service's `main`: reads the configuration, runs the command that the arguments name and ends the
 * process. Exit codes: 0 done, 1 failed, 2 used wrongly.
 */
export async function runService(definition: ServiceDefinition): Promise<never> {
  const manifest = readManifest(definition.root);
  const [name = 'serve', ...rest] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined || rest.length > 0) {
    return end(2, `usage: ${manifest.name} [${Object.keys(commands).join(' | ')}]`);
  }
  let configuration;
  try {
    configuration = readConfiguration(definition.configuration);
  } catch (error) {
    return end(
      1,
      error instanceof ConfigurationError ? error.message : 'the configuration could not be read',
    );
  }
  const logger = createLogger({
    service: manifest.name,
    version: manifest.version,
    level: configuration.LOG_LEVEL,
  });
  const crash = (error: unknown) => {
    logger.fatal('the service can not go on', {}, error);
    process.exit(1);
  };
  process.on('uncaughtException', crash).on('unhandledRejection', crash);
  return process.exit(await command({ definition, configuration, logger }));
}

function end(code: number, message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
