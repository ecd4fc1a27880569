import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    pool: "threads",
    isolate: false,
    include: [
      "*.test.ts",
      "start/**/*.test.ts",
      "bench/**/*.test.ts",
      "conformance/**/*.test.ts",
      "packages/**/*.test.ts",
      "apps/**/*.test.ts",
      "extensions/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "**/dist/**"],
    globalSetup: ["apps/cloud/src/engines/test-server.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
