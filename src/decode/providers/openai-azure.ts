// OpenAI's API where Azure serves it: the deployment in the path, the version in the query.
// Source: learn.microsoft.com/azure/ai-services/openai/reference. Law: the path is dialled as it came, but for `/v1`
// said twice.

import { decoded, withoutQuery } from "./paths.ts";

const PREFIX = /^\/openai(?:\/v1|\/deployments\/[^/]+(?:\/extensions)?)?(?=\/)|^\/deployments\/[^/]+(?=\/)/;
const DEPLOYMENT = /^(?:\/openai)?\/deployments\/([^/?]+)/;
const DEPLOYMENT_IN_QUERY = /[?&](?:deployment|model)=([^&]+)/;

/** What stands below Azure's part of the path, without a slash in front; null: Azure has no part in it. */
export function belowAzure(path: string): string | null {
  const plain = withoutQuery(path);
  const prefix = PREFIX.exec(plain)?.[0];
  return prefix === undefined ? null : plain.slice(prefix.length + 1);
}

/** Realtime names it in the query. */
export function deploymentIn(path: string): string | null {
  const named = DEPLOYMENT.exec(path) ?? DEPLOYMENT_IN_QUERY.exec(path);
  return named === null ? null : decoded(named[1]!);
}

export function azurePath(path: string): string {
  return path.replace(/^\/openai(?:\/v1)+(?=\/)/, "/openai/v1");
}
