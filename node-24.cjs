// Written for old Node on purpose: it only checks that a new one runs, then hands over to the given script.
const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  console.error(
    "Caravan needs Node 24. On Linux (x64, arm64) `npm ci` brings it along; on this system " +
      process.platform +
      "/" +
      process.arch +
      " please install Node 24 or newer (this is " +
      process.versions.node +
      ").",
  );
  process.exit(1);
}
const { pathToFileURL } = require("node:url");
const { resolve } = require("node:path");
const script = resolve(process.argv[2]);
process.argv.splice(1, 2, script);
import(pathToFileURL(script).href);
