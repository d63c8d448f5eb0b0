// WebAssembly as the stages use it. Law: a pure function over a memory of its own: no imports, no clock, no growth.
// Compiled at once, synchronously: the modules are some kilobytes.

/** What TypeScript knows of it comes with the browser's types, which are not ours. */
declare const WebAssembly:
  | undefined
  | {
      readonly Module: new (bytes: Uint8Array) => object;
      readonly Instance: new (module: object) => { readonly exports: unknown };
      validate(bytes: Uint8Array): boolean;
    };

/** What every module exports. */
export interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
}

/** @param compiled in base64. @returns null where there is no WebAssembly, or none with vectors. */
export function instantiated(compiled: string): unknown {
  const bytes = Buffer.from(compiled, "base64");
  if (typeof WebAssembly === "undefined" || !WebAssembly.validate(bytes)) return null;
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
}
