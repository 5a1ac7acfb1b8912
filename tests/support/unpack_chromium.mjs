// Unpacks the npm package @sparticuz/chromium in the folder given, with a start script that finds its libraries.
import { chmodSync, createReadStream, createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

const folder = process.argv[2];
const packed = join(folder, "node_modules", "@sparticuz", "chromium", "bin");
const unpack = (name, target) =>
  pipeline(createReadStream(join(packed, name)), createBrotliDecompress(), createWriteStream(target));

const program = join(folder, "program");
mkdirSync(program, { recursive: true });
await unpack("chromium.br", join(program, "chromium"));
chmodSync(join(program, "chromium"), 0o755);
for (const name of ["al2023", "swiftshader", "fonts"]) {
  const archive = join(folder, `${name}.tar`);
  await unpack(`${name}.tar.br`, archive);
  execFileSync("tar", ["-xf", archive, "-C", program]);
}
const start = join(folder, "chromium");
writeFileSync(
  start,
  '#!/bin/sh\nhere="$(dirname "$(readlink -f "$0")")/program"\n' +
    'export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"\nexec "$here/chromium" "$@"\n',
);
chmodSync(start, 0o755);
