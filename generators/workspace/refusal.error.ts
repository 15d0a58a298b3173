/** A problem the user can solve: its message names the problem and the cure, and is shown without a stack trace. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
