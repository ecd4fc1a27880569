import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  base: "/phone/",
  plugins: [react()],
  build: { target: "es2024", chunkSizeWarningLimit: 1_500 },
});
