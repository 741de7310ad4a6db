// Asks V8 what Stet's patterns answered: node patterns.js <file that PatternsTests.FuzzTests wrote>
const { texts, answers } = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
let unsupported = 0;
let differences = 0;
const report = (source, what) => {
  if (differences++ < 20) console.log(JSON.stringify(source), what);
};
for (const { source, matches, refused, unsupported: isUnsupported } of answers) {
  let theirs = null;
  try {
    theirs = new RegExp(source, "u");
  } catch (error) {
    if (!refused) report(source, `V8 refuses it: ${error.message}`);
    continue;
  }
  if (refused) report(source, `only we refuse it: ${refused}`);
  if (isUnsupported) unsupported += 1;
  (matches ?? []).forEach((match, index) => {
    const text = texts[index];
    // V8 looks for \B also inside of a character that takes two code units.
    if (source.includes("\\B") && text.includes("😀")) return;
    if (theirs.test(text) !== match) report(source, `on ${JSON.stringify(text)} we say ${match}`);
  });
}
console.log(`patterns: ${answers.length} compared with V8, ${differences} differences,`,
  `${unsupported} with look-behind that we do not have`);
process.exit(differences ? 1 : 0);
