import { answerSets } from '../answers.matrix.ts';
import { describeLife } from '../life.steps.ts';

for (const set of answerSets) describeLife(set);
