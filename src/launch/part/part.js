// Plain JavaScript so that a thread or a process can begin with it; the rest is TypeScript.
const { register } = await import("tsx/esm/api");
register();
await import("./run-part.ts");
