// What detectors read off a text once for all of them. Law: no text outlives the search that it was read in.

import { forget as forgetPlaces } from "../anchors/starts.ts";
import { forgetNames } from "./label.ts";

/** Lets go of the text that was read last. */
export function forgetText(): void {
  forgetPlaces();
  forgetNames();
}
