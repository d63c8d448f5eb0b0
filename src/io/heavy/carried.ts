// A policy on its way into a thread. Law: the very snapshot that the crossing began with, its hash included; what a
// thread has no use for (the secrets that are injected into requests) stays behind.

import type { Destination, Policy } from "../../words.ts";
import { modeOf, type NamesMode, readNames } from "../names.ts";

/** A Policy of plain values: its reader of names is named, not held. */
export interface CarriedPolicy extends Omit<Policy, "names"> {
  readonly names: NamesMode;
}

/** @returns null: its reader of names is none that another thread could make. */
export function carry(policy: Policy): CarriedPolicy | null {
  const names = modeOf(policy.names);
  if (names === null) return null;
  return {
    ...policy,
    names,
    destinations: new Map([...policy.destinations].map(([id, d]) => [id, withoutSecrets(d)])),
  };
}

/** @throws the system's error when the model of names cannot be read. */
export function unpack(carried: CarriedPolicy): Policy {
  return { ...carried, names: readNames(carried.names) };
}

function withoutSecrets(destination: Destination): Destination {
  return { ...destination, credentials: { ...destination.credentials, inject: new Map() } };
}
