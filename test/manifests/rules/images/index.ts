import type { Rule } from '../rule.contract.ts';
import { imagesHaveDigests, imagesArePulled, imagesAreTrusted } from './image.rule.ts';

export const imagesRules: readonly Rule[] = [imagesHaveDigests, imagesArePulled, imagesAreTrusted];
