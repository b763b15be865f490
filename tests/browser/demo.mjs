// The demonstration as a process: a free port, a folder of its own, stopped and removed at the end.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

export function binary() {
  const folder = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const path = process.env.INLET_BINARY ?? join(resolve(root, folder), "debug/inlet");
  if (!existsSync(path)) throw new Error(`${path} is missing: run cargo build first`);
  return path;
}

// What the demonstration prints: "listening on http://…", and a line per account.
function read(printed) {
  const base = printed.match(/^listening on (\S+)$/m)?.[1];
  const accounts = {};
  for (const [, role, email, password] of printed.matchAll(/^ +(admin|moderator|observer) +(\S+@\S+) +(\S+)$/gm)) {
    accounts[role] = { email, password };
  }
  return { base, accounts };
}

export async function start() {
  const folder = mkdtempSync(join(tmpdir(), "inlet-demo-"));
  const env = { ...process.env, INLET_BIND: "127.0.0.1:0", INLET_DATA_DIR: folder, INLET_RATE_LIMIT: "off" };
  delete env.INLET_BASE_URL;
  const child = spawn(binary(), ["serve", "--demo"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  let complained = "";
  child.stderr.on("data", (data) => (complained += data));
  const ended = new Promise((done) => child.once("exit", done));
  const ready = new Promise((done, fail) => {
    child.stdout.on("data", (data) => {
      printed += data;
      if (read(printed).base) done();
    });
    ended.then((code) => fail(new Error(`the demonstration ended with ${code}:\n${printed}${complained}`)));
    setTimeout(() => fail(new Error(`the demonstration is not up after three minutes:\n${printed}${complained}`)), 180_000).unref();
  });
  const stop = async () => {
    child.kill("SIGTERM");
    const code = await ended;
    rmSync(folder, { recursive: true, force: true });
    return code;
  };
  try {
    await ready;
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...read(printed), complained: () => complained, stop };
}
