// No target at all: the generator talks to the upstream. It shows the harness itself; `added` is measured from it.

export const direct = {
  name: "direct",
  variant: "plain",
  available: () => null,
  version: () => "",
  start: async ({ upstreamPort }) => ({
    url: `http://127.0.0.1:${upstreamPort}`,
    pid: null,
    headers: {},
    stop: async () => {},
  }),
};
