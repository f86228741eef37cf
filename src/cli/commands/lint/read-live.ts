/** `--live`: what the templates reference and do not create, from the account. */
import type { Clients } from '../../../account/clients.js';
import { findCluster } from '../../../account/find-cluster.js';
import { getCaller } from '../../../account/queries/caller.js';
import { lookUpSecret } from '../../../account/queries/secrets.js';
import { readReferenced } from '../../../account/scopes/referenced.js';
import type { Trouble } from '../../../account/failure.js';
import { isOk } from '../../../snapshot/read.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { deploy, type Deployment } from '../../../template/deploy/deploy.js';
import { existingMapping, type TagsByMapping } from '../../../template/existing-mapping.js';
import { readForLint, type LintRequest, type LintTemplates } from '../../../template/lint.js';
import { learned, namedReferences, referencesOf, withLearned } from '../../../template/references.js';
import type { Io } from '../../io.js';
import { openClients, sayTrouble } from '../../open-account.js';
import { startProgress } from '../../progress.js';
import type { LintOptions } from './options.js';

export interface Live {
  read: LintTemplates;
  standing: Snapshot;
  tags: TagsByMapping;
  /** Why AWS could not be asked at all. */
  trouble: Trouble | null;
}

/** The region and account are those of the credentials, unless flags name others. Throws `TemplateError`. */
export async function readLive(request: Omit<LintRequest, 'standing'>, options: LintOptions, io: Io): Promise<Live> {
  const region = options.region ?? request.region;
  const clients = await openClients({ ...options, ...(region === undefined ? {} : { region }) }, io);
  const progress = startProgress(io, 'Reading the account');
  try {
    const caller = await getCaller(clients);
    const account = request.account ?? (isOk(caller) ? caller.value.account : undefined);
    const where = { ...request, region: await clients.region(), account, standing: null };
    const read = await withNames(readForLint(where), clients, where);
    const deployment = deploymentOf(read, where);
    const { snapshot, tags, trouble } = await readReferenced({
      clients,
      references: referencesOf(read.templates, deployment),
      needsTags: deployment.mappings.some(({ resource }) => resource.stackName !== undefined),
      changed: (existing, known) =>
        deployment.mappings.flatMap((planned) => existingMapping(planned, existing, known)?.mapping ?? []),
      secretValues: options.secretValues,
      tool: request.tool,
      now: request.now,
    });
    io.signal.throwIfAborted();
    sayTrouble(io, trouble);
    return { read, standing: snapshot, tags, trouble };
  } finally {
    progress.stop();
  }
}

const deploymentOf = (
  { templates, scope }: LintTemplates,
  { tool, now }: Pick<LintRequest, 'tool' | 'now'>,
): Deployment => deploy(templates, scope, { standing: null, tool, now });

/** Clusters and secrets that the templates reference by name get their ARNs. */
async function withNames(read: LintTemplates, clients: Clients, head: Pick<LintRequest, 'tool' | 'now'>) {
  const texts = new Map<string, string>();
  await Promise.all(
    namedReferences(deploymentOf(read, head)).map(async ({ kind, name, arn }) => {
      const actual = kind === 'cluster' ? await findCluster(clients, name) : await arnOfSecret(clients, name);
      const entry = actual === null ? null : learned(arn, actual);
      if (entry !== null) texts.set(...entry);
    }),
  );
  return { ...read, templates: withLearned(read.templates, texts) };
}

async function arnOfSecret(clients: Clients, name: string): Promise<string | null> {
  const read = await lookUpSecret(clients, name);
  return isOk(read) ? (read.value.ARN ?? null) : null;
}
