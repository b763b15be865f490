// Starts one demonstration and runs every *.test.mjs against it. Names of files as arguments run only those.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { start } from "./demo.mjs";

const folder = import.meta.dirname;
const asked = process.argv.slice(2);
const files = asked.length ? asked : readdirSync(folder).filter((name) => name.endsWith(".test.mjs")).sort();

const demo = await start();
const { base, accounts } = demo;
const env = { ...process.env, INLET_WORLD: JSON.stringify({ base, accounts }) };
const flags = ["--test", "--test-concurrency=1", "--test-reporter=spec"];
const tests = spawn(process.execPath, [...flags, ...files], { cwd: folder, env, stdio: "inherit" });
let code = await new Promise((done) => tests.once("exit", (status) => done(status ?? 1)));

const faults = demo.complained().split("\n").filter((line) => /ERROR|panicked/.test(line));
if (faults.length) {
  console.error(`the server complained:\n${faults.join("\n")}`);
  code = 1;
}
const ended = await demo.stop();
if (ended !== 0) {
  console.error(`the server ended with ${ended} after SIGTERM`);
  code = 1;
}
process.exit(code);
