// How long a large body keeps the event loop from everything else. Law of this file: what is measured is the gap between
// two turns of the loop while a body is read the way the gate reads it, worst of several.

const TIMES = 3;

/** @param {{ both(body: Buffer): unknown }} stages `both` may be synchronous or give a promise @returns {Promise<number>} */
export async function longestBlockMs({ both }, body) {
  let longest = 0;
  for (let i = 0; i < TIMES; i++) {
    let last = performance.now();
    let running = true;
    const turn = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (running) setImmediate(turn);
    };
    setImmediate(turn);
    await new Promise((resolve) => setImmediate(resolve));
    await both(body);
    running = false;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return longest;
}
