// Drives the real binary the way people and programs do: a database of its own, the server as a process, a browser
// without scripts (cookies, hidden fields, redirects), API tokens and the command line.
import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export { sleep };
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const binary = process.env.SANGU_BINARY ?? join(root, "build", "dev", "src", "app", "sangu");
export const shared = process.env.SANGU_SHARED ?? join(dirname(root), "shared", "data"); // corpora kept beside the repository; tests skip without
export const existing = existsSync;
export const kind = process.env.SANGU_E2E_DATABASE ?? "sqlite";

/** Runs a program; gives { code, out, err } whatever the exit code. `input` goes to its standard input. */
export function run(program, args, { env = {}, input = "", timeout = 120_000 } = {}) {
  return new Promise((resolve) => {
    const child = execFile(program, args, { env: { ...process.env, LC_ALL: "C.UTF-8", ...env }, timeout, maxBuffer: 64 << 20 }, (error, out, err) =>
      resolve({ code: error ? (typeof error.code === "number" ? error.code : -1) : 0, signal: error?.signal ?? null, out, err }),
    );
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

export function temporaryDirectory(name) {
  return mkdtempSync(join(tmpdir(), `sangu-${name}-`));
}

// --- PostgreSQL -------------------------------------------------------------------------------------------------

function postgresPrograms() {
  const base = "/usr/lib/postgresql";
  const versions = existsSync(base) ? readdirSync(base).filter((one) => existsSync(join(base, one, "bin", "initdb"))) : [];
  return versions.length ? join(base, versions.sort((a, b) => Number(a) - Number(b)).at(-1), "bin") : null;
}

/** A cluster of its own on a Unix socket, as the package's user when we are root; null when there is no PostgreSQL. */
export async function startPostgres() {
  const bin = postgresPrograms();
  if (!bin) return null;
  const directory = temporaryDirectory("postgres");
  const root_user = process.getuid() === 0;
  const as = (program, args) => (root_user ? ["runuser", ["-u", "postgres", "--", program, ...args]] : [program, args]);
  if (root_user) execFileSync("chown", ["postgres", directory]);
  const data = join(directory, "data");
  execFileSync(...as(join(bin, "initdb"), ["-D", data, "-U", "sangu", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions", "--no-sync"]), { stdio: "ignore", cwd: "/" });
  const [program, args] = as(join(bin, "postgres"), ["-D", data, "-k", directory, "-c", "listen_addresses=", "-c", "max_connections=300", "-c", "shared_buffers=32MB"]);
  const server = spawnOwn(program, args, { stdio: "ignore", cwd: "/" });
  const url = (name) => `postgres:///${name}?user=sangu&host=${directory}`;
  for (let attempt = 0; (await run(join(bin, "pg_isready"), ["-q", "-h", directory])).code !== 0; ++attempt) {
    assert.ok(attempt < 300 && server.exitCode === null, "PostgreSQL did not start");
    await sleep(50);
  }
  const stop = async () => {
    execFileSync(...as(join(bin, "pg_ctl"), ["-D", data, "-m", "fast", "-w", "stop"]), { stdio: "ignore", cwd: "/" });
    rmSync(directory, { recursive: true, force: true });
  };
  return { url, stop };
}

const withName = (url, name) => url.replace(/^(postgres(?:ql)?:\/\/[^/?]*)(?:\/[^?]*)?/, `$1/${name}`);

// --- databases --------------------------------------------------------------------------------------------------

let databases = 0;

/** A fresh, empty database. `sql` runs statements beside the server and gives rows as arrays of text. */
export async function newDatabase({ in_directory, kind: wanted = kind } = {}) {
  if (wanted === "sqlite") {
    const directory = in_directory ?? temporaryDirectory("e2e");
    const file = join(directory, "sangu.db");
    const sql = async (text) => {
      const done = await run("sqlite3", ["-cmd", ".timeout 10000", "-separator", "\t", file, text]);
      assert.equal(done.code, 0, done.err);
      return rowsOf(done.out);
    };
    return { kind: "sqlite", url: `sqlite:${file}`, file, directory, sql, drop: async () => in_directory || rmSync(directory, { recursive: true, force: true }) };
  }
  const given = process.env.SANGU_TEST_POSTGRES;
  assert.ok(given, "SANGU_TEST_POSTGRES names no server");
  const name = `e2e_${process.pid}_${++databases}`;
  const admin = withName(given, "postgres");
  const psql = (url, text) => run("psql", ["-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", url, "-c", text]);
  assert.equal((await psql(admin, `create database ${name}`)).code, 0);
  const url = withName(given, name);
  const sql = async (text) => {
    const done = await psql(url, text);
    assert.equal(done.code, 0, done.err);
    return rowsOf(done.out);
  };
  return { kind: "postgres", url, directory: null, sql, drop: async () => void (await psql(admin, `drop database if exists ${name} with (force)`)) };
}

function rowsOf(text) {
  return text.split("\n").filter(Boolean).map((line) => line.split("\t"));
}

// --- processes --------------------------------------------------------------------------------------------------

const running = new Set();
process.on("exit", () => running.forEach((one) => one.kill("SIGKILL")));

/** Starts a process that neither keeps this one alive nor outlives it. */
function spawnOwn(program, args, options) {
  const child = spawn(program, args, options);
  running.add(child);
  child.once("exit", () => running.delete(child));
  child.unref();
  child.stderr?.unref();
  return child;
}

// --- the server -------------------------------------------------------------------------------------------------

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Environment without the budgets that would slow a test down. */
const roomy = { SANGU_ANONYMOUS_REQUESTS_PER_MINUTE: "1000000", SANGU_LOG_LEVEL: "warning" };

export class Sangu {
  /** @param prefix words before the binary, for example ["prlimit", "--fsize=…"] */
  constructor(database, { port, env = {}, args = ["--first-run", "--demo"], prefix = [] } = {}) {
    Object.assign(this, { database, port, env: { ...roomy, ...env }, args, prefix, people: {}, said: "" });
  }

  get address() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the process; `start` also waits until it is ready. */
  async launch() {
    this.port ??= await freePort();
    const words = [...this.prefix, binary, "serve", ...this.args, "--database", this.database.url, "--port", String(this.port), "--public-url", this.address];
    this.process = spawnOwn(words[0], words.slice(1), { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, ...this.env }, cwd: root });
    this.exited = new Promise((resolve) => this.process.once("exit", (code, signal) => resolve({ code, signal })));
    createInterface({ input: this.process.stderr }).on("line", (line) => this.#hear(line));
  }

  /** Demo accounts are read from what it prints. */
  async start({ ready_within_ms = 30_000 } = {}) {
    await this.launch();
    const begin = Date.now();
    while (Date.now() - begin < ready_within_ms) {
      if (this.process.exitCode !== null || this.process.signalCode) break;
      const ready = await fetch(this.address + "/readyz").catch(() => null);
      await ready?.arrayBuffer();
      if (ready?.ok) return this;
      await sleep(20);
    }
    this.process.kill("SIGKILL");
    throw new Error(`sangu did not become ready:\n${this.said}`);
  }

  #hear(line) {
    this.said += line + "\n";
    const account = line.match(/^ {4}(demo\.\w+) {2}(\S+)/);
    if (account) this.people[account[1]] = account[2];
  }

  /** Ends it like an administrator; the exit code must be 0. */
  async stop() {
    if (this.process.exitCode !== null || this.process.signalCode) return;
    this.process.kill("SIGTERM");
    const late = setTimeout(() => this.process.kill("SIGKILL"), 20_000);
    const { code, signal } = await this.exited;
    clearTimeout(late);
    assert.equal(signal, null, `sangu did not stop by itself:\n${this.said}`);
    assert.equal(code, 0, this.said);
  }

  async kill() {
    this.process.kill("SIGKILL");
    const waiting = setInterval(() => {}, 1000); // the process itself does not keep this one alive
    await this.exited;
    clearInterval(waiting);
  }

  /** Memory the process holds now, in bytes. */
  async residentBytes() {
    const pid = this.prefix.length ? (await run("pgrep", ["-P", String(this.process.pid)])).out.trim() || this.process.pid : this.process.pid;
    const { out } = await run("grep", ["VmRSS", `/proc/${pid}/status`]);
    return Number(out.match(/(\d+) kB/)[1]) * 1024;
  }

  browser(options) {
    return new Browser(this.address, options);
  }

  /** A signed-in browser of a demo account, "demo.zone". */
  async as(login) {
    const browser = this.browser();
    await browser.signIn(login, this.people[login]);
    return browser;
  }

  cli(args, options = {}) {
    return run(binary, [...args, "--database", this.database.url], { ...options, env: { SANGU_LOG_LEVEL: "error", ...options.env } });
  }
}

export async function startSangu(options = {}) {
  const database = options.database ?? (await newDatabase());
  const server = await new Sangu(database, options).start();
  server.close = async () => {
    await server.stop();
    await database.drop();
  };
  return server;
}

// --- a browser without scripts ----------------------------------------------------------------------------------

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", apos: "'" };
const plain = (text) => text.replace(/&(amp|lt|gt|quot|#39|apos);/g, (_, name) => entities[name]);

function attributesOf(tag) {
  const found = {};
  for (const [, name, , quoted, bare] of tag.matchAll(/([a-zA-Z_-]+)(=(?:"([^"]*)"|([^\s>]+)))?/g)) found[name.toLowerCase()] = plain(quoted ?? bare ?? "");
  return found;
}

/** The forms of a page: { action, method, fields } with what a browser would send untouched. */
export function formsOf(html) {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head, body]) => {
    const { action = "", method = "get" } = attributesOf(head);
    const fields = {};
    for (const [, tag] of body.matchAll(/<input\b([^>]*)>/g)) {
      const one = attributesOf(tag);
      const untouched = !["checkbox", "radio"].includes(one.type) || "checked" in one;
      if (one.name && untouched && !["submit", "file", "button"].includes(one.type)) fields[one.name] = one.value ?? "";
    }
    for (const [, tag, text] of body.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g)) fields[attributesOf(tag).name] = plain(text.replace(/^\r?\n/, ""));
    for (const [, tag, options] of body.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
      const all = [...options.matchAll(/<option\b([^>]*)>/g)].map(([, option]) => attributesOf(option));
      fields[attributesOf(tag).name] = (all.find((one) => "selected" in one) ?? all[0])?.value ?? "";
    }
    return { action, method: method.toLowerCase(), fields };
  });
}

export class Browser {
  constructor(address, { language } = {}) {
    this.address = address;
    this.cookies = new Map();
    this.language = language ?? "zh-CN,zh;q=0.9";
  }

  async fetch(path, { headers = {}, ...options } = {}) {
    const url = path.startsWith("http") ? path : this.address + path;
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const reply = await fetch(url, { redirect: "manual", ...options, headers: { "accept-language": this.language, ...(cookie && { cookie }), ...headers } });
    for (const line of reply.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line) || value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return reply;
  }

  /** A page after its redirects: { status, url, html, headers }. */
  async go(path, options = {}) {
    let reply = await this.fetch(path, options);
    let url = path;
    for (let hops = 0; [301, 302, 303, 307].includes(reply.status) && hops < 8; ++hops) {
      await reply.arrayBuffer();
      url = new URL(reply.headers.get("location"), this.address + (url.startsWith("/") ? url : "/")).href;
      url = url.slice(this.address.length);
      reply = await this.fetch(url);
    }
    return { status: reply.status, url, headers: reply.headers, html: await reply.text() };
  }

  /** The form of a page whose action matches; fails with the page's heading when there is none. */
  async form(path, matches = () => true) {
    const page = await this.go(path);
    const found = formsOf(page.html).find((one) => one.method === "post" && !/sign-out/.test(one.action) && matches(one));
    assert.ok(found, `no such form on ${path} (${page.status} ${page.url}): ${headingOf(page.html)}`);
    return { ...found, page };
  }

  /** Sends a form like a browser: hidden fields stay, `values` are typed. Gives the page after the redirects. */
  async submit(form, values = {}, options = {}) {
    const body = new URLSearchParams({ ...form.fields, ...values });
    return this.go(form.action || form.page.url, { method: "POST", body, ...options });
  }

  /** Sends a form without following the redirect. */
  async submitOnce(form, values = {}) {
    return this.fetch(form.action, { method: "POST", body: new URLSearchParams({ ...form.fields, ...values }) });
  }

  async signIn(login, password, next = "/") {
    const form = await this.form(`/sign-in?next=${encodeURIComponent(next)}`, (one) => one.action === "/sign-in");
    const page = await this.submit(form, { login, password });
    assert.ok(this.cookies.has("sangu_session"), `${login} could not sign in: ${page.status} ${headingOf(page.html)}`);
    return page;
  }

  async signOut() {
    const page = await this.go("/account");
    const form = formsOf(page.html).find((one) => one.action === "/sign-out");
    assert.ok(form, "no sign-out on the page");
    return this.submit({ ...form, page });
  }

  /** Uploads a file through an import page; `mode` is the button pressed, where there are several. */
  async upload(path, name, content, values = {}) {
    const form = await this.form(path, (one) => one.action.split("?")[0].endsWith("/import"));
    const body = new FormData();
    for (const [key, value] of Object.entries({ ...form.fields, ...values })) body.append(key, value);
    body.append("file", content instanceof Blob ? content : new Blob([content]), name);
    return this.go(form.action, { method: "POST", body });
  }

  /** Imports a file as a person does: upload, the columns as guessed, check, run. Gives the last page. */
  async import(path, name, content) {
    const uploaded = await this.upload(path, name, content);
    const form = (page, end) => formsOf(page.html).find((one) => one.action.endsWith(end));
    const columns = form(uploaded, "/check");
    if (uploaded.status !== 200 || !columns) return uploaded;
    const checked = form(uploaded, "/run") ? uploaded : await this.submit({ ...columns, page: uploaded });
    const run = form(checked, "/run");
    return run ? this.submit({ ...run, page: checked }) : checked;
  }

  /** A new API token with these permissions. */
  async token(permissions, name = "e2e") {
    const form = await this.form("/account/tokens", (one) => one.action === "/account/tokens");
    const body = new URLSearchParams({ ...form.fields, token_name: name, days: "30" });
    for (const one of permissions) body.append("permission", one);
    const { html, status } = await this.go("/account/tokens", { method: "POST", body });
    const secret = html.match(/<code[^>]*>([^<]+)<\/code>/)?.[1];
    assert.ok(secret, `no token was made: ${status} ${headingOf(html)}`);
    return secret;
  }
}

export const headingOf = (html) => plain(html.match(/<h1[^>]*>([\s\S]*?)<\/h1>/)?.[1]?.replace(/<[^>]+>/g, "").trim() ?? html.slice(0, 200));
export const textOf = (html) => plain(html.replace(/<(script|style)[\s\S]*?<\/\1>/g, "").replace(/<[^>]+>/g, " ")).replace(/\s+/g, " ");

// --- API --------------------------------------------------------------------------------------------------------

/** Calls the JSON API with a token; gives { status, headers, json }. */
export async function api(address, token, method, path, { body, headers = {} } = {}) {
  const reply = await fetch(address + path, {
    method,
    headers: { accept: "application/json", ...(token && { authorization: `Bearer ${token}` }), ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await reply.text();
  let json = null;
  try {
    json = JSON.parse(text);
  } catch {
    // not every answer is JSON; the caller looks at `text`
  }
  return { status: reply.status, headers: reply.headers, json, text };
}

/** RFC 9457: an error says what it is in the same shape everywhere. */
export function assertProblem(reply, status, type) {
  assert.equal(reply.status, status, reply.text);
  assert.match(reply.headers.get("content-type"), /^application\/problem\+json/);
  assert.equal(reply.json.status, status);
  assert.ok(reply.json.title && reply.json.detail && reply.json.type, reply.text);
  if (type) assert.equal(reply.json.type, `urn:sangu:problem:${type}`);
}

/** The whole feed is numbered 1, 2, 3 … and the audit chain verifies. */
export async function assertWhole(server) {
  const verified = await server.cli(["audit", "verify", "--json"]);
  assert.equal(verified.code, 0, verified.out + verified.err);
  const verdict = JSON.parse(verified.out);
  assert.ok(verdict.whole, verified.out);
  for (const table of ["kernel_event", "kernel_audit"]) {
    const [[count, first, last, head]] = await server.database.sql(
      `select count(*), coalesce(min(sequence), 1), coalesce(max(sequence), 0), (select sequence from ${table}_head where id = 1) from ${table}`,
    );
    assert.equal(Number(first), 1, `${table} does not begin at 1`);
    assert.equal(Number(last), Number(count), `${table} has holes`);
    assert.equal(Number(head), Number(last), `${table}_head is elsewhere`);
  }
  return verdict;
}

