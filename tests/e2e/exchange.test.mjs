// Other programs at the door: Debian's OAI-PMH harvester reads everything, and our own harvester reads our own server.
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { csv } from "./files.mjs";
import { assertWhole, kind, run, startSangu } from "./lib.mjs";

describe(`exchange (${kind})`, () => {
  let sangu, officer;
  const eventually = async (holds, what) => {
    for (let i = 0; i < 120; ++i) {
      if (await holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    assert.fail(`${what} never happened`);
  };
  before(async () => {
    sangu = await startSangu({ env: { SANGU_HARVEST_HOSTS: "127.0.0.1" } });
    officer = await sangu.as("demo.zone");
  });
  after(async () => {
    if (sangu) await assertWhole(sangu);
    await sangu?.close();
  });

  test("Debian's harvester reads identity, formats, sets and every record once", async (t) => {
    if ((await run("perl", ["-MHTTP::OAI", "-e", "1"])).code !== 0) return t.skip("libhttp-oai-perl is not installed");
    const rows = Array.from({ length: 250 }, (_, i) => [`被收割的机构${i}𠮷<&>`, "bank"]);
    await officer.import("/organisations/import", "harvested.csv", csv([["name", "kind"], ...rows]));
    const [[expected]] = await sangu.database.sql("select count(*) from registry_organisation");
    const records = async () => (await sangu.database.sql("select count(*) from exchange_record where source = 'organisations'"))[0][0];
    await eventually(async () => (await records()) === expected, "reconciling");
    const done = await run("perl", [join(dirname(fileURLToPath(import.meta.url)), "harvest.pl"), `${sangu.address}/oai`]);
    assert.equal(done.code, 0, done.err);
    assert.match(done.out, /deletions=persistent granularity=YYYY-MM-DDThh:mm:ssZ/);
    const [, headers, seen, titles] = done.out.match(/headers=(\d+) records=(\d+) titles=(\d+)/);
    assert.ok(Number(headers) >= Number(expected), done.out);
    assert.equal(seen, headers);
    assert.equal(titles, headers);
    assert.match(done.out, /error=idDoesNotExist/);
  });

  test("what one server publishes another one harvests into its staging list", async () => {
    const system = await sangu.as("demo.system");
    const form = await system.form("/repositories/new", (one) => one.action === "/repositories");
    const page = await system.submit(form, { name: "自己", address: `${sangu.address}/oai`, every_hours: "24", active: "true" });
    assert.equal(page.status, 200);
    const harvest = await officer.form(page.url, (one) => one.action.endsWith("/harvest"));
    await officer.submit(harvest);
    const state = async () => (await sangu.database.sql("select state, records from exchange_repository"))[0];
    await eventually(async () => (await state())[0] === "harvested", "harvesting");
    assert.ok(Number((await state())[1]) >= 200, String(await state()));
    const list = await officer.go("/harvested?q=𠮷");
    assert.match(list.html, /被收割的机构\d+𠮷&lt;&amp;&gt;/);
  });
});
