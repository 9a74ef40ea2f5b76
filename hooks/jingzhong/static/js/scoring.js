/*
 * What an answer is worth: the twin of `quiz/scoring.py`, which states the rules. Points are whole
 * hundredths, so that both sides add up the same; `tests/quiz/vectors.json` is run on both.
 */
(function () {
  "use strict";

  var ALL = "全对才得分";
  var EACH = "每选一个得";
  var SPACE = /[\t-\r \u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+/g;
  var TAIL = /[。、.,;!?]+$/;

  /** A text as it is compared: width, case, spaces and a full stop at the end do not count. */
  function fold(text) {
    return text.normalize("NFKC").toLowerCase().replace(SPACE, "").replace(TAIL, "");
  }

  /** `1`, `0.5`, `1.25` as hundredths; what is smaller than one is left out. */
  function hundredths(number) {
    var parts = number.split(".");
    return Number(parts[0]) * 100 + Number(((parts[1] || "") + "00").slice(0, 2));
  }

  function result(state, points, parts) {
    return { state: state, points: points, parts: parts || [] };
  }

  /** `question`: {type, answer, anyOrder}; `points` in hundredths; `rule` as a contest writes it. */
  function score(question, response, points, rule) {
    var answer = question.answer;
    var given;
    if (question.type === "multiple") return multiple(answer, response, points, rule || ALL);
    if (question.type === "blank") {
      given = answer.map(function (words, at) {
        return fold(response[at] || "");
      });
      return shared(blanks(answer, given, question.anyOrder), given, points);
    }
    if (question.type === "match") {
      var keys = Object.keys(answer).sort();
      given = keys.map(function (left) {
        return response[left] || "";
      });
      var pairs = keys.map(function (left, at) {
        return given[at] === answer[left];
      });
      return shared(pairs, given, points);
    }
    var chosen = Array.isArray(response) ? response : response.split("");
    if (!chosen.join("")) return result("none", 0);
    var right = chosen.join("") === answer;
    var steps = [];
    if (question.type === "order") {
      steps = answer.split("").map(function (letter, at) {
        return letter === chosen[at];
      });
    }
    return result(right ? "right" : "wrong", right ? points : 0, steps);
  }

  function multiple(answer, response, points, rule) {
    var chosen = response.split("").filter(function (letter, at, all) {
      return all.indexOf(letter) === at;
    });
    if (!chosen.length) return result("none", 0);
    var hits = chosen.filter(function (letter) {
      return answer.indexOf(letter) >= 0;
    }).length;
    if (hits < chosen.length) return result("wrong", 0);
    if (hits === answer.length) return result("right", points);
    if (rule === ALL) return result("wrong", 0);
    if (rule.indexOf(EACH) === 0) {
      return result("part", Math.min(hits * hundredths(rule.slice(EACH.length)), points));
    }
    return result("part", Math.floor((points + 1) / 2));
  }

  function blanks(answer, given, anyOrder) {
    var accepted = answer.map(function (words) {
      return words.map(fold);
    });
    if (!anyOrder) {
      return given.map(function (text, at) {
        return Boolean(text) && accepted[at].indexOf(text) >= 0;
      });
    }
    // Which text fills which blank: each text finds a blank, moving earlier texts on if need be.
    var filled = {};
    function place(text, tried) {
      return accepted.some(function (words, blank) {
        if (tried[blank] || !given[text] || words.indexOf(given[text]) < 0) return false;
        tried[blank] = true;
        if (blank in filled && !place(filled[blank], tried)) return false;
        filled[blank] = text;
        return true;
      });
    }
    return given.map(function (text, at) {
      return place(at, {});
    });
  }

  function shared(parts, given, points) {
    var right = parts.filter(Boolean).length;
    var total = parts.length;
    var earned = Math.floor((points * right * 2 + total) / (total * 2));
    if (right === total) return result("right", earned, parts);
    if (right) return result("part", earned, parts);
    return result(given.join("") ? "wrong" : "none", earned, parts);
  }

  window.Jingzhong.scoring = { fold: fold, hundredths: hundredths, score: score };
})();
