// What the Anthropic API does where, below `/v1/`. Source: docs.anthropic.com/en/api.
// Law: tokens are counted over there, so counting is inference: the text leaves.

import { type Routes, routes } from "./routes.ts";

export const ANTHROPIC_ROUTES: Routes = routes(`
  POST            messages                    inference
  POST            messages/count_tokens       inference
  *               messages/batches/**         batch
  *               messages/**                 unknown
  POST            complete                    inference
  *               complete/**                 unknown
  GET             models/**                   admin
  *               files/**                    storage
  *               skills/**                   storage
  *               organizations/**            admin
`);
