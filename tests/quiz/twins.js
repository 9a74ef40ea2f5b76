/* Runs test vectors in a page or in node: `runVectors(window.Jingzhong, vectors)`. */
function runVectors(Jingzhong, vectors) {
  "use strict";
  var kinds = ["single", "multiple", "judge", "blank", "order", "match"];

  function candidates(given) {
    if (Array.isArray(given)) return given;
    var found = [];
    for (var number = 0; number < given.count; number += 1) {
      found.push({
        id: given.bank + "-" + String((number * 7919) % 10007).padStart(5, "0"),
        bank: given.bank,
        type: kinds[number % 6],
        difficulty: (number % 5) + 1,
        topics: ["主题" + (number % 7), "主题" + (number % 11)],
        group: given.grouped ? "材料" + Math.floor(number / given.grouped) : "",
      });
    }
    return found;
  }

  function run(call, given) {
    var draw = Jingzhong.draw;
    var scoring = Jingzhong.scoring;
    var generator;
    if (call === "sha256") {
      return draw
        .sha256(given)
        .map(function (word) {
          return word.toString(16).padStart(8, "0");
        })
        .join("");
    }
    if (call === "numbers") {
      generator = new draw.Generator("", []);
      generator.state = given.state.slice();
      return Array.from({ length: given.count }, function () {
        return generator.next();
      });
    }
    if (call === "below") {
      generator = new draw.Generator(given.purpose, given.parts);
      return given.limits.map(function (limit) {
        return generator.below(limit);
      });
    }
    if (call === "shuffled") return new draw.Generator(given.purpose, given.parts).shuffled(given.items);
    if (call === "seed") return draw.plainSeed(given);
    if (call === "draw") {
      try {
        return draw.draw(given.sections, candidates(given.candidates), given.seed, given.variant);
      } catch (error) {
        if (error.section === undefined) throw error;
        return { section: error.section, have: error.have };
      }
    }
    if (call === "options") {
      return draw.optionOrder(given.letters, given.fixed, given.seed, given.variant, given.question);
    }
    if (call === "paper") return draw.paperId(given, given.seed, given.banks);
    if (call === "daily") return draw.daily(given.ids, given.bank, given.day);
    if (call === "fold") return scoring.fold(given);
    if (call === "hundredths") return scoring.hundredths(given);
    return scoring.score(given, given.response, given.points === undefined ? 100 : given.points, given.rule);
  }

  return vectors.map(function (vector) {
    return run(vector.call, vector.input);
  });
}

/* In node: `node twins.js VECTORS SCRIPT…` prints the results as JSON. */
if (typeof require === "function" && typeof module === "object") {
  var fs = require("fs");
  globalThis.window = { Jingzhong: {} };
  process.argv.slice(3).forEach(function (path) {
    require("vm").runInThisContext(fs.readFileSync(path, "utf-8"));
  });
  var given = JSON.parse(fs.readFileSync(process.argv[2], "utf-8"));
  process.stdout.write(JSON.stringify(runVectors(globalThis.window.Jingzhong, given)));
}
