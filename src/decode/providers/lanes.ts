// What the lane shapes of several APIs share. Law: an event is of one dialect; the first shape that knows it names its
// lanes.

import type { LaneShape, StreamEvent } from "../../words.ts";

/** No text runs over several events, or nothing streams. */
export const NO_LANES: LaneShape = { lane: () => null, ends: () => "none" };

/** One API that answers in several dialects, whichever model was called. */
export function eitherLanes(...shapes: readonly LaneShape[]): LaneShape {
  return {
    lane: (event, pointer) => firstOf(shapes, (shape) => shape.lane(event, pointer)),
    ends: (event) => firstOf(shapes, (shape) => orNull(shape.ends(event))) ?? "none",
    nested: (event, pointer) => shapes.some((shape) => shape.nested?.(event, pointer) ?? false),
  };
}

/** A number of the event as part of a lane's name; 0 where it is left out. */
export function indexAt(event: StreamEvent, pointer: string): string {
  return String(event.read(pointer) ?? 0);
}

function firstOf<T>(shapes: readonly LaneShape[], ask: (shape: LaneShape) => T | null): T | null {
  for (const shape of shapes) {
    const answer = ask(shape);
    if (answer !== null) return answer;
  }
  return null;
}

function orNull(ends: ReturnType<LaneShape["ends"]>): Exclude<typeof ends, "none"> | null {
  return ends === "none" ? null : ends;
}
