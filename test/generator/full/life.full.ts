import { answerSets } from '../answers.matrix.ts';
import { describeLife, lifeOf } from '../life.steps.ts';

for (const set of answerSets) describeLife(lifeOf(set));
