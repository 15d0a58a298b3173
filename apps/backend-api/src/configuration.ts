import { defineConfiguration } from '@secure-backend/chassis/configuration';
import type { z } from 'zod';

/** This service's settings: the chassis' variables, then its own. */
export const configuration = defineConfiguration({});

export type Configuration = Readonly<z.output<typeof configuration>>;
