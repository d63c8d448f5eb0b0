// Names as they are typed.

/** `adminPort` → `admin-port`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
