import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "src/ur-rtde-ts/test/**/*.test.ts"],
    // One file a core. Left to itself vitest spares one for itself: on two cores every file would wait for the one before.
    maxWorkers: "100%",
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
