import { spawn } from 'node:child_process';
import { inRoot, root } from './paths.mjs';
import { say } from './screen.mjs';

/**
 * Runs a tool to its end and collects what it says; every ten seconds the screen says that it is still at work.
 * @returns its exit code (null when it could not be started) and its output
 */
export function runTool(what, command, args, { env = process.env, cwd = root } = {}) {
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const still = setInterval(() => say(`${what}: ${Math.round((Date.now() - started) / 1000)} s`), 10_000);
    const end = (code) => {
      clearInterval(still);
      resolve({ code, output });
    };
    child.once('error', (error) => {
      output += error.message;
      end(null);
    });
    child.once('close', end);
  });
}

/** A script of an installed package, run by this Node: `bin` links are not there on every platform. */
export const nodeTool = (what, script, args, options) =>
  runTool(what, process.execPath, [inRoot('node_modules', script), ...args], options);
