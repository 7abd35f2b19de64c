// Builds the page for MSBuild: `node build.mjs`. Packages are fetched only when the lock file changed, and the
// page is built only when a source changed; two builds at once wait for each other. Exit codes: 0 the page is
// there, 1 the page's own code does not compile, 3 the packages could not be fetched (no network).
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const lock = join(here, ".build-lock");
const packagesStamp = join(here, "node_modules", ".packages-of");
const dist = join(here, "dist");
const pageStamp = join(dist, ".built-from");
const LOCK_WAIT_MS = 300_000;

process.chdir(here);
if (Number(process.versions.node.split(".")[0]) < 20) {
  console.log(`The page needs Node.js 20 or newer; this is ${process.versions.node}`);
  process.exit(3);
}

acquire();
let code = 1;
try {
  code = build();
} finally {
  rmSync(lock, { recursive: true, force: true });
}
process.exit(code);

function build() {
  const packages = hash([join(here, "package-lock.json")]);
  if (read(packagesStamp) !== packages) {
    console.log("Fetching the page's packages (npm ci) …");
    if (npm("ci", "--no-audit", "--no-fund", "--loglevel=error") !== 0) return 3;
    writeFileSync(packagesStamp, packages);
  }

  const sources = packages + hash(files("src").concat(files("public"), ["index.html", "package.json", "tsconfig.json", "vite.config.js"].map((f) => join(here, f))));
  if (read(pageStamp) === sources && existsSync(join(dist, "index.html"))) {
    const now = new Date();
    utimesSync(join(dist, "index.html"), now, now);
    return 0;
  }

  console.log("Building the page …");
  const next = join(here, "dist.next");
  rmSync(next, { recursive: true, force: true });
  if (node("typescript", "tsc", "--noEmit") !== 0) return 1;
  if (node("vite", "vite", "build", "--logLevel", "warn", "--outDir", "dist.next") !== 0) return 1;
  writeFileSync(join(next, ".built-from"), sources);
  rmSync(dist, { recursive: true, force: true });
  renameSync(next, dist);
  return 0;
}

function npm(...args) {
  const windows = process.platform === "win32";
  return spawnSync(windows ? "npm.cmd" : "npm", args, { stdio: ["ignore", "inherit", "inherit"], shell: windows }).status ?? 1;
}

/** Runs a package's own program with this Node: no shell, the same on every system. */
function node(name, program, ...args) {
  const folder = join(here, "node_modules", name);
  const bin = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).bin;
  const script = join(folder, typeof bin === "string" ? bin : bin[program]);
  return spawnSync(process.execPath, [script, ...args], { stdio: ["ignore", "inherit", "inherit"] }).status ?? 1;
}

function files(folder) {
  const root = join(here, folder);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true }).map((name) => join(root, String(name))).filter((path) => statSync(path).isFile()).sort();
}

function hash(paths) {
  const sum = createHash("sha256");
  for (const path of paths) sum.update(relative(here, path).replaceAll("\\", "/")).update("\0").update(readFileSync(path));
  return sum.digest("hex");
}

function read(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** A folder is made by one process only. One left behind by a killed build is taken over. */
function acquire() {
  const until = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, "pid"), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const owner = Number(read(join(lock, "pid")));
    if ((owner > 0 && !lives(owner)) || Date.now() > until) rmSync(lock, { recursive: true, force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
