// Each kind of dated item, with the article it comes from. Law: no item without a source; what is only a custom of good
// companies says the duty that it serves.

import type { OwnKind, PaperKind } from "../../words.ts";

export const ARTICLES: Readonly<Record<PaperKind | OwnKind, string>> = {
  filing: "SC Measures Art.7",
  refiling: "SA Measures Art.14 / SC Measures Art.8",
  "pipia-for-filing": "SC Measures Arts.5, 7",
  "mechanism-end": "Provisions Art.9 / Cert Measures Art.8",
  "extension-opens": "Provisions Art.9",
  "extension-half": "Provisions Art.9",
  renewal: "Cert Measures Art.8",
  "pipia-kept": "PIPL Art.56",
  "contract-end": "PIPL Art.21 / NDSMR Art.12",
  "due-diligence-end": "SC Measures Art.5 / SA Measures Art.8",
  "document-end": "PIPL Art.56",
  "document-kept": "PIPL Art.56",
  "claim-end": "PIPL Art.38 / Provisions Arts.4-6",
  "trial-end": "PIPL Art.51",
  deletion: "PIPL Art.47 / SC template Art.3(5)",
  "access-review": "PIPL Art.51",
  "surveillance-audit": "Cert Measures Art.10",
  "compliance-audit": "PIPL Art.54",
  drill: "PIPL Art.51(5)",
  "minors-audit": "Minors Reg. Art.37",
  localisation: "PIPL Art.40 / CSL Art.39",
  "contract-review": "NDSMR Art.12",
  "due-diligence": "SC Measures Art.5 / SA Measures Art.8",
  "deletion-certificate": "PIPL Art.47 / SC template Art.3(5)",
  training: "PIPL Art.51(4)",
  other: "PIPL Art.51",
};
