// Creator's Toolkit from JavaScript, with nothing but Node: node client.mjs HOME [WORDS]
import { readFileSync } from "node:fs";
import { join } from "node:path";

class Core {
  constructor(home) {
    const { port, token } = JSON.parse(readFileSync(join(home, "door.json"), "utf-8"));
    this.url = `http://127.0.0.1:${port}/rpc`;
    this.headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  }

  async call(method, params = {}) {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const response = await fetch(this.url, { method: "POST", headers: this.headers, body });
    const answer = await response.json();
    if (answer.error) throw new Error(answer.error.message ?? answer.error);
    return answer.result;
  }
}

const [home, ...words] = process.argv.slice(2);
const core = new Core(home);
const page = await core.call("catalog.search", { query: words.join(" "), limit: 10 });
console.log(page.total, "sounds");
for (const row of page.rows) console.log(row.id, row.name);
if (page.rows.length) await core.call("audio.play", { target: page.rows[0].id });
