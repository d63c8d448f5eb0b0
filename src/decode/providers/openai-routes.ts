// What the OpenAI API does where, below its root. Source: platform.openai.com/docs/api-reference.
// Law: what the recipient keeps is storage, even if it is a conversation; what opens a way past this gate (realtime
// sessions, client secrets) is `unknown`: policy has to name it.

import { type Routes, routes } from "./routes.ts";

export const OPENAI_ROUTES: Routes = routes(`
  POST            chat/completions                      inference
  GET|POST|DELETE chat/completions/**                   storage
  POST            completions                           inference
  POST            responses                             inference
  POST            responses/input_tokens                inference
  POST            responses/compact                     inference
  POST            responses/*/cancel                    admin
  GET|DELETE      responses/*/**                        storage
  *               conversations/**                      storage
  POST            embeddings                            embedding
  GET             models/**                             admin
  DELETE          models/*                              admin
  *               files/**                              storage
  *               uploads/**                            storage
  *               vector_stores/**                      storage
  *               containers/**                         storage
  *               skills/**                             storage
  *               batches/**                            batch
  *               fine_tuning/alpha/graders/**          evaluation
  *               fine_tuning/**                        training
  *               fine-tunes/**                         training
  *               evals/**                              evaluation
  POST            moderations                           inference
  POST            audio/speech                          inference
  POST            audio/transcriptions                  inference
  POST            audio/translations                    inference
  *               audio/voices/**                       storage
  *               audio/voice_consents/**               storage
  POST            images/generations                    inference
  POST            images/edits                          inference
  POST            images/variations                     inference
  POST            videos                                inference
  POST            videos/*/remix                        inference
  GET|DELETE      videos/**                             storage
  *               assistants/**                         storage
  POST            threads/runs                          inference
  POST            threads/*/runs                        inference
  POST            threads/*/runs/*/submit_tool_outputs  inference
  POST            threads/*/runs/*/cancel               admin
  *               threads/**                            storage
  *               realtime/**                           unknown
  *               chatkit/**                            unknown
  POST            engines/*/completions                 inference
  POST            engines/*/embeddings                  embedding
  GET             engines/**                            admin
  *               organization/**                       admin
`);
