// Generates templates and renders each with Handlebars.js and with stet; prints where they differ.
// Usage: node handlebars.js <stet> <seed> <count>
const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');
const Handlebars = require('/usr/share/javascript/handlebars/handlebars.js');

const [, , stet, seedText, countText] = process.argv;
let state = Number(seedText) | 0;

// Mulberry32: small, seeded, the same everywhere.
function random(limit) {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
}
const pick = (list) => list[random(list.length)];
const some = (limit, make) => Array.from({ length: 1 + random(limit) }, make).join('');

const data = {
  a: 'A', b: '<b>&"\'`=', n: 0, m: 3.5, t: true, f: false, nul: null, e: '', s: 'two\nlines',
  list: ['x', 'y', 'z'], empty: [], objs: [{ a: 1, name: 'one', list: [1, 2] }, { a: 2 }, { b: 3 }],
  o: { a: 'oa', p: { q: 'deep', list: ['l'] }, 'k-e y': 'spaced' }, map: { one: 1, two: { a: 'ta' } },
  'x-y': 'dash', neg: -1, big: 1e21,
};
const partials = {
  pa: '[pa {{a}} {{k}}]', pb: '<pb {{name}}{{#if list}} {{list.length}}{{/if}}>\n',
  lines: 'one {{a}}\n  two\n{{#each list}}\n- {{this}}\n{{/each}}\nthree\n',
  wrap: '({{> @partial-block}})',
};

const paths = ('a b n m t f nul e s list o.a o.p.q o/p/q this . this.a ./a this/a ../a ../../a ../this '
  + 'list.[1] objs.[0].a missing missing.x o.missing.y @index @key @first @last @root.a @../index [x-y] '
  + 'x-y neg big map.two.a list.length p v i').split(' ').concat('o.[k-e y]', 'o.["k-e y"]');
const literals = ['"lit"', "'l\"q'", '12', '-3.5', 'true', 'false', 'null', 'undefined'];
const calls = ['(lookup o "a")', '(lookup list 1)', '(lookup objs i)'];
const value = () => (random(6) < 3 ? pick(paths) : pick([...literals, ...calls]));
const mark = () => pick(['', '', '', '~']);
const line = () => pick(['', '\n', ' \n']);

const texts = ['text', '  ', '\n', '\n\n', '  \n', '<i>', '{', '}', '\\', '\t', 'é', '"', "'", ' . ', '\r\n'];
const fixed = ['{{! c }}', '{{!-- c }} --}}', '{{~! c ~}}', '\n{{! c }}\n', '{{!}}', '\\{{a}}', '\\\\{{a}}',
  '{{"lit"}}', '{{12}}', '{{true}}', '{{lookup . "a"}}', '{{lookup list 2}}',
  '{{{{raw}}}}{{a}}{{{{/raw}}}}', '{{#if n includeZero=true}}z{{else}}nz{{/if}}'];
const includes = ['{{> pa}}', '  {{> pa}}\n', '{{> pb o}}', '{{> pa k="v" a=b}}', '{{~> pb ~}}',
  '\n  {{> lines}}\n', '{{> lines}}', '{{> pb objs.[0] name="N"}}', '{{> [pa]}}', '{{> "pb"}}'];

function otherwise(depth) {
  switch (random(6)) {
    case 0: return `{{${mark()}else${mark()}}}${body(depth)}`;
    case 1: return `{{${mark()}^${mark()}}}${body(depth)}`;
    case 2: return `{{${mark()}else if ${value()}${mark()}}}${body(depth)}${pick(['', `{{else}}${body(depth)}`])}`;
    default: return '';
  }
}

function block(name, head, depth) {
  const [open, close] = [`{{${mark()}#${name}${head}${mark()}}}`, `{{${mark()}/${name}${mark()}}}`];
  return open + line() + body(depth - 1) + otherwise(depth - 1) + close + line();
}

const flat = [
  () => some(3, () => pick(texts)), () => `{{${mark()}${pick(paths)}${mark()}}}`, () => `{{{${pick(paths)}}}}`,
  () => `{{&${pick(paths)}}}`, () => pick(fixed), () => pick(includes),
];
const deep = [
  (d) => block('if', ` ${value()}`, d), (d) => block('unless', ` ${value()}`, d),
  (d) => block('each', ` ${pick([value(), 'list', 'objs', 'map', 'empty', 'objs as |v i|', 'map as |v|'])}`, d),
  (d) => block('with', ` ${pick([value(), 'o', 'o.p', 'o as |p|', 'objs.[0]'])}`, d),
  (d) => block(pick(['a', 'list', 'o', 'f', 'empty', 'objs', 'missing', 'nul', 'n', 'map']), '', d),
  (d) => { const name = pick(['a', 'list', 'missing']); return `{{^${name}}}${body(d - 1)}{{/${name}}}`; },
  (d) => {
    const name = pick(['in1', 'in2', 'pa']);
    return `{{#*inline "${name}"}}${body(d - 1)}{{/inline}}${line()}{{> ${name}}}`;
  },
  (d) => {
    const name = pick(['pa', 'pb', 'nope', 'wrap']);
    return `{{#> ${name}${pick(['', ' o', ' k=a'])}}}${body(d - 1)}{{/${name}}}`;
  },
];
function body(depth) {
  return some(3, () => (depth > 0 && random(3) ? pick(deep)(depth) : pick(flat)()));
}

function theirs(template) {
  const engine = Handlebars.create();
  engine.log = () => {};
  for (const name in partials) engine.registerPartial(name, partials[name]);
  try {
    return { text: engine.compile(template, { knownHelpersOnly: true })(data) };
  } catch (error) {
    return { error: String(error.message).split('\n')[0] };
  }
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oracle-'));
fs.mkdirSync(`${folder}/partials`);
for (const name in partials) fs.writeFileSync(`${folder}/partials/_${name}.prompt`, partials[name]);
fs.writeFileSync(`${folder}/input.json`, JSON.stringify(data));

function ours(template) {
  fs.writeFileSync(`${folder}/template`, template);
  const run = spawnSync(stet, ['render', '--raw', '--escape', '--file', `${folder}/template`,
    '--partials', `${folder}/partials`, '--input', `${folder}/input.json`, '--json'], { encoding: 'utf8' });
  if (run.status === 0) return { text: JSON.parse(run.stdout).text };
  return { error: run.status === 1 ? run.stderr : `exit code ${run.status}, signal ${run.signal}` };
}

const counts = { same: 0, refusedByBoth: 0, different: 0 };
for (let round = 0; round < Number(countText); round++) {
  const template = body(3);
  const [a, b] = [theirs(template), ours(template)];
  if (a.text !== undefined && a.text === b.text) counts.same += 1;
  else if (a.error && b.error && !b.error.startsWith('exit code')) counts.refusedByBoth += 1;
  else {
    counts.different += 1;
    console.log(`${JSON.stringify(template)}\n  Handlebars.js: ${JSON.stringify(a)}\n  stet: ${JSON.stringify(b)}`);
  }
}
fs.rmSync(folder, { recursive: true });
console.log(`Handlebars.js: ${JSON.stringify(counts)}`);
