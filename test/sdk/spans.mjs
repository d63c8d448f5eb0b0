// Loaded into the gate by `node --import`: a real OpenTelemetry SDK, registered as an operator would, whose exporter
// appends everything that it is given to the file $SPANS_FILE, a span a line.
import { appendFileSync } from "node:fs";
import { NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";

const exporter = {
  export(spans, done) {
    for (const span of spans) appendFileSync(process.env.SPANS_FILE, `${JSON.stringify(shown(span))}\n`);
    done({ code: 0 });
  },
  forceFlush: async () => {},
  shutdown: async () => {},
};

function shown(span) {
  const { name, kind, attributes, events, links, status, startTime, endTime, parentSpanContext, resource } = span;
  const { traceState, ...ids } = span.spanContext();
  return {
    ...{ name, kind, attributes, events, links, status, startTime, endTime, ...ids },
    traceState: traceState?.serialize() ?? null,
    parent: parentSpanContext ?? null,
    resource: resource.attributes,
  };
}

new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
