import { z } from 'zod';

/** What is asked about one service. All names are kebab-case. */
const service = z.object({
  name: z.string(),
  /** One item of its first resource, and several of them where that isn't the regular plural. */
  resource: z.string(),
  plural: z.string().optional(),
  /** Who may call it: names of pods (`app.kubernetes.io/name`) in the namespace. */
  callers: z.array(z.string()),
  /** What it may call besides its database: `10.2.0.0/16:443`, `payments/ledger-api:8080`. */
  outbound: z.array(z.string()),
});

/** What is asked about a workspace. The first service gives its names to all that is shared. No secret among it. */
export const answersSchema = z.object({
  /** The name in the root's package.json. */
  workspace: z.string(),
  /** Of the overlay kind; `-staging` and `-production` are put behind it for the others. */
  namespace: z.string(),
  /** Where released images are: `registry.example.com/team`. */
  registry: z.string(),
  /** How production gets its credentials: mounted Secrets or Vault (OpenBao). */
  credentials: z.enum(['files', 'vault']),
  services: z.array(service).min(1),
});

export type ServiceAnswers = Readonly<z.output<typeof service>>;
export type Answers = Readonly<z.output<typeof answersSchema>>;

/** The answers with which this repository would be stamped; stamping with them changes no copied file. */
export const referenceAnswers: Answers = {
  workspace: 'secure-backend',
  namespace: 'demo-team',
  registry: 'registry.example.com/demo-team',
  credentials: 'vault',
  services: [{ name: 'backend-api', resource: 'work-item', callers: ['frontend'], outbound: [] }],
};
