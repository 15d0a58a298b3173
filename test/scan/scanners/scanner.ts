/** What there is to look at. */
export type InputKind = 'manifests' | 'dockerfile' | 'sources' | 'image';

/** A copy, made for one run, of something that is looked at. */
export interface ScanInput {
  readonly kind: InputKind;
  /** How it is called in reports, like `k8s/overlays/kind`. */
  readonly name: string;
  /** A file; for sources a folder. */
  readonly path: string;
  /** For manifests a folder with each object in a file of its own. */
  readonly objects?: string;
  /** What a line of the copy, counted from 1, belongs to: `Deployment/backend-api`, or the name of the input. */
  readonly resourceAt: (line: number) => string;
}

/** One thing that a scanner doesn't like. */
export interface Hit {
  /** The scanner's own name for the rule. */
  readonly id: string;
  /** `Deployment/backend-api`, `docker/Dockerfile` or another path from the root. */
  readonly resource: string;
  readonly message: string;
}

/** An empty folder of one run of a scanner: its working directory and its home, so that it finds nobody's configuration. */
export interface Room {
  readonly folder: string;
  /** A file that holds the output afterwards, for scanners that don't write it to stdout alone. */
  readonly report: string;
  /** Registries whose images may run. */
  readonly registries: readonly string[];
}

/** A program that judges, and how it is told to judge everything: no suppression, no configuration, no network. */
export interface Scanner {
  /** Also the name of the program. */
  readonly name: string;
  readonly reads: readonly InputKind[];
  /** Where one gets it. */
  readonly install: string;
  readonly arguments: (input: ScanInput, room: Room) => readonly string[];
  /** @throws when the output isn't what the scanner writes */
  readonly parse: (output: string, input: ScanInput) => Hit[];
}
