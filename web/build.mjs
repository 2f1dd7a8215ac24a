// Builds web/dist: fingerprinted, precompressed assets. Does nothing when no input has changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const web = dirname(fileURLToPath(import.meta.url));
const dist = join(web, "dist");
const stamp_file = join(web, "node_modules", ".sangu-stamp");

function filesBelow(folder, suffixes) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && suffixes.some((suffix) => entry.name.endsWith(suffix)))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

const own = filesBelow(join(web, "src"), [".ts", ".scss", ".svg"]);

function stamp() {
  const hash = createHash("sha256");
  const inputs = [...own, join(web, "build.mjs"), join(web, "package-lock.json")];
  for (const file of inputs) hash.update(relative(web, file)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

async function scripts() {
  const { build } = await import("esbuild");
  const common = { bundle: true, minify: true, write: false, target: "es2022", legalComments: "none", outdir: dist, logLevel: "error" };
  const modules = await build({ ...common, format: "esm", entryPoints: ["app.ts", "chart.ts"].map((name) => join(web, "src", name)) });
  const early = await build({ ...common, format: "iife", entryPoints: [join(web, "src", "theme.ts")] });
  return [...modules.outputFiles, ...early.outputFiles].map((file) => [relative(dist, file.path), Buffer.from(file.contents)]);
}

async function styles() {
  const sass = await import("sass");
  const full = sass.compile(join(web, "src", "styles", "app.scss"), {
    loadPaths: [join(web, "node_modules")],
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions"],
  });
  const { transform } = await import("esbuild");
  const { code } = await transform(full.css, { loader: "css", minify: true });
  return [["app.css", Buffer.from(code)]];
}

function write(name, content, manifest) {
  const fingerprint = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const dot = name.lastIndexOf(".");
  const file = `${name.slice(0, dot)}-${fingerprint}${name.slice(dot)}`;
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
  const gzip = gzipSync(content, { level: 9 });
  const folder = dist + ".new";
  writeFileSync(join(folder, file), content);
  writeFileSync(join(folder, file + ".br"), brotli);
  writeFileSync(join(folder, file + ".gz"), gzip);
  manifest[name] = { file, bytes: content.length, brotli: brotli.length, gzip: gzip.length };
}

const now = stamp();
if (existsSync(join(dist, "manifest.json")) && existsSync(stamp_file) && readFileSync(stamp_file, "utf8") === now) {
  console.log("web: assets are up to date");
} else {
  rmSync(dist + ".new", { recursive: true, force: true });
  mkdirSync(dist + ".new", { recursive: true });
  const favicon = ["favicon.svg", readFileSync(join(web, "src", "favicon.svg"))];
  const manifest = {};
  for (const [name, content] of [...(await scripts()), ...(await styles()), favicon]) write(name, content, manifest);
  writeFileSync(join(dist + ".new", "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
  rmSync(dist, { recursive: true, force: true });
  renameSync(dist + ".new", dist);
  writeFileSync(stamp_file, now);
  for (const [name, one] of Object.entries(manifest)) console.log(`web: ${name} ${one.bytes} bytes, ${one.brotli} as brotli`);
}
