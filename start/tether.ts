// Loaded into every child before its own code: a child whose supervisor is gone stops as if told to.
const stopWithinMs = 8_000;

process.on("disconnect", () => {
  process.kill(process.pid, "SIGTERM");
  // Whatever hangs must not keep a data folder in use.
  setTimeout(() => process.exit(1), stopWithinMs).unref();
});
process.channel?.unref();
