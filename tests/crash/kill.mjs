// Kills the server again and again, without warning, while several programs write and jobs run. After every restart:
// what was acknowledged is there, the audit chain is whole, the feed has no holes, and in the end every job ran once
// (one more time only when the kill met it at work).
//
//   node kill.mjs [--kills N] [--database sqlite|postgres] [--seed N]     (SANGU_KILLS=N does the same)
import assert from "node:assert/strict";
import { request, Agent } from "node:http";
import { parseArgs } from "node:util";
import { Sangu, api, assertWhole, newDatabase, sleep, startPostgres } from "../e2e/lib.mjs";

const { values: given } = parseArgs({ options: { kills: { type: "string" }, database: { type: "string", default: "sqlite" }, seed: { type: "string" }, verbose: { type: "boolean" } } });
const kills = Number(given.kills ?? process.env.SANGU_KILLS ?? 15);
const writers = 8;
const jobs_a_round = 5;

let state = Number(given.seed ?? Date.now()) >>> 0;
console.log(`${kills} kills, ${given.database}, --seed ${state}`);
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

let cluster = null;
if (given.database === "postgres" && !process.env.SANGU_TEST_POSTGRES) {
  cluster = await startPostgres();
  if (!cluster) {
    console.log("PostgreSQL is not installed: skipped");
    process.exit(77);
  }
  process.env.SANGU_TEST_POSTGRES = cluster.url("postgres");
}

const database = await newDatabase({ kind: given.database });
const sangu = await new Sangu(database).start();
const token = await (await sangu.as("demo.zone")).token(["registry.organisation.edit"]);
sangu.args = []; // accounts stay as they are from here on

const acknowledged = new Map(); // id → the last name_en the server promised
const unsure = new Map(); // id → a name_en that was sent and not answered
let refused = 0;
let serial = 0;

/** One request on a kept connection; null when the server went away before it answered. */
function send(agent, method, path, body, headers = {}) {
  return new Promise((resolve) => {
    const sending = request(
      sangu.address + path,
      { method, agent, headers: { authorization: `Bearer ${token}`, accept: "application/json", "content-type": "application/json", ...headers } },
      (reply) => {
        let text = "";
        reply.setEncoding("utf8").on("data", (piece) => (text += piece));
        reply.on("end", () => resolve(reply.complete ? { status: reply.statusCode, etag: reply.headers.etag, json: JSON.parse(text) } : null));
        reply.on("error", () => resolve(null));
      },
    );
    sending.on("error", () => resolve(null));
    sending.end(JSON.stringify(body));
  });
}

/** Creates and edits until the connection breaks; everything answered is remembered. */
async function write(agent) {
  for (;;) {
    const name = `机构 ${++serial}`;
    const made = await send(agent, "POST", "/api/v1/organisations", { name, kind: "enterprise", name_en: "new" });
    if (!made) return;
    if (made.status !== 201) {
      ++refused;
      continue;
    }
    acknowledged.set(made.json.id, "new");
    if (serial % 3) continue;
    const name_en = `edited ${serial}`;
    unsure.set(made.json.id, name_en);
    const edited = await send(agent, "PATCH", `/api/v1/organisations/${made.json.id}`, { name_en }, { "if-match": made.etag });
    if (!edited) return;
    unsure.delete(made.json.id);
    if (edited.status === 200) acknowledged.set(made.json.id, name_en);
    else ++refused;
  }
}

const text = (value) => `'${String(value).replaceAll("'", "''")}'`;
async function addJobs(round) {
  const due = new Date().toISOString();
  const rows = Array.from({ length: jobs_a_round }, (_, i) => `(${text(`crash-${round}-${i}`)}, 'kernel.clean', ${text(`crash-${round}-${i}`)}, '{}', 'waiting', '${due}', 0, 0, '')`);
  await database.sql(`insert into kernel_job (id, kind, key, payload, state, due, attempts, every_s, last_error) values ${rows.join(", ")}`);
}

async function check() {
  const stored = new Map(await database.sql("select id, coalesce(name_en, '') from registry_organisation"));
  for (const [id, name_en] of acknowledged) {
    assert.ok(stored.has(id), `an acknowledged record is lost: ${id}`);
    const now = stored.get(id);
    assert.ok(now === name_en || now === unsure.get(id), `an acknowledged edit is lost: ${id} is "${now}", was "${name_en}"`);
    if (now !== name_en) acknowledged.set(id, now);
  }
  unsure.clear();
  const [[events, created]] = await database.sql(
    "select (select count(*) from kernel_event where kind = 'registry.organisation.created'), (select count(*) from kernel_audit where action = 'registry.organisation.created')",
  );
  assert.equal(Number(events), stored.size, "records and feed differ");
  assert.equal(Number(created), stored.size, "records and log differ");
  await assertWhole(sangu);
}

let restart_ms = 0;
const begun = Date.now();
for (let round = 1; round <= kills; ++round) {
  await addJobs(round);
  const agent = new Agent({ keepAlive: true, maxSockets: writers });
  const writing = Array.from({ length: writers }, () => write(agent));
  await sleep(20 + random() * 250);
  await sangu.kill();
  await Promise.all(writing);
  agent.destroy();
  if (random() < 0.15) {
    await sangu.launch(); // and again while it starts
    await sleep(random() * 60);
    await sangu.kill();
  }
  const before = Date.now();
  await sangu.start();
  restart_ms = Math.max(restart_ms, Date.now() - before);
  if (round % Math.ceil(kills / 100) === 0 || round === kills) await check();
  if (given.verbose || round % 50 === 0) console.log(`${round} kills, ${acknowledged.size} acknowledged, slowest restart ${restart_ms} ms`);
}

// A lease of a job that was at work when its server died runs out after a while; the others are done at once.
const waiting = async () => Number((await database.sql("select count(*) from kernel_job where id like 'crash-%' and state <> 'done'"))[0][0]);
for (let i = 0; i < 120 && (await waiting()); ++i) await sleep(1000);
const attempts = Object.fromEntries(await database.sql("select attempts, count(*) from kernel_job where id like 'crash-%' and state = 'done' group by attempts"));
const done = Object.values(attempts).reduce((sum, one) => sum + Number(one), 0);
assert.equal(done, kills * jobs_a_round, "a job was lost");
const interrupted = done - Number(attempts[1] ?? 0);
assert.ok(interrupted <= kills, `${interrupted} jobs ran more than once, with only ${kills} kills`);
assert.equal((await api(sangu.address, token, "GET", "/api/v1/organisations?rows=1")).status, 200);
const verdict = await assertWhole(sangu);
await sangu.stop();
await database.drop();
await cluster?.stop();
console.log(
  `${kills} kills in ${Math.round((Date.now() - begun) / 1000)} s: ${acknowledged.size} acknowledged records all there, ${verdict.records} audit records whole, feed without holes, ` +
    `${done} jobs done once (${interrupted} of them met by a kill at work), slowest restart ${restart_ms} ms, ${refused} writes refused`,
);
