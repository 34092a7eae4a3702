// A worker of Node 20 takes no --import: it registers tsx itself.
const { register } = await import("tsx/esm/api");
register();
await import("./middle-thread.ts");
