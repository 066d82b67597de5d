// Prints what a first visit downloads, gzipped, and fails the build when it is over the budget.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 150;
const DIST = new URL('../dist/', import.meta.url);
const BASE = '/webhooks/web/';

function gzippedKb(path) {
  return gzipSync(readFileSync(new URL(path, DIST)), { level: 9 }).length / 1024;
}

function firstPaintFiles() {
  const page = readFileSync(new URL('index.html', DIST), 'utf8');
  const linked = [...page.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
  return ['index.html', ...linked.map((path) => path.replace(BASE, ''))];
}

const files = firstPaintFiles().map((path) => [path, gzippedKb(path)]);
const total = files.reduce((sum, [, size]) => sum + size, 0);
for (const [path, size] of files) console.log(`${size.toFixed(1).padStart(8)} KB  ${path}`);
console.log(`${total.toFixed(1).padStart(8)} KB  gzipped to first paint (budget ${BUDGET_KB} KB)`);
console.log(`${gzippedKb('widget.js').toFixed(1).padStart(8)} KB  widget.js, all that a host page loads`);
if (total > BUDGET_KB) {
  console.error('The first paint is over its budget.');
  process.exitCode = 1;
}
