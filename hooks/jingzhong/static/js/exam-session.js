/*
 * One sitting of an exam as it is kept on the device: `Jingzhong.examSession`. What is read back is
 * checked like a stranger's, because an older version of the page may have written it.
 *
 * session: {code, id, ids, answers, flags, at, view, spent, extra, breaks, away, pauses, saved,
 * handed, auto, owner}, and while the page is open `paper` and `items`. `owner` names the page that
 * started it or went on with it last: of two tabs only that one writes, or the answers given in one
 * would be overwritten by what the other remembers.
 */
(function () {
  "use strict";

  // All files on a disk share one store; a bank as one file has an exam of its own.
  var KEY = "quiz.exam" + (document.documentElement.dataset.bank || "");
  var TAB = "jingzhong.exam";
  var OWNER = Array.from(window.crypto.getRandomValues(new Uint32Array(2))).join("-");
  var NUMBERS = ["at", "spent", "extra", "breaks", "away", "pauses", "saved"];

  function isText(value) {
    return typeof value === "string";
  }

  function isResponse(value) {
    if (isText(value)) return true;
    if (!value || typeof value !== "object") return false;
    return Object.keys(value).every(function (key) {
      return isText(value[key]);
    });
  }

  function isSession(kept) {
    return (
      Boolean(kept) &&
      isText(kept.code) &&
      isText(kept.id) &&
      isText(kept.handed) &&
      Array.isArray(kept.ids) &&
      kept.ids.every(Array.isArray) &&
      Array.isArray(kept.flags) &&
      Boolean(kept.answers) &&
      Object.keys(kept.answers).every(function (id) {
        return isResponse(kept.answers[id]);
      }) &&
      NUMBERS.every(function (name) {
        return Number.isFinite(kept[name]) && kept[name] >= 0;
      })
    );
  }

  /** The session kept on this device, or null. */
  function stored() {
    var kept = window.Jingzhong.progress.kept(KEY);
    if (!isSession(kept)) return null;
    var paper = window.Jingzhong.papers.decode(kept.code);
    return paper && Object.assign({}, kept, { paper: paper });
  }

  function create(paper, drawn, extra) {
    return {
      code: window.Jingzhong.papers.encode(paper),
      paper: paper,
      id: drawn.id,
      ids: drawn.ids,
      items: drawn.items,
      answers: {},
      flags: [],
      at: 0,
      view: "one",
      spent: 0,
      extra: extra,
      breaks: 0,
      away: 0,
      pauses: 0,
      saved: 0,
      handed: "",
      owner: OWNER,
    };
  }

  /** From now on this page is the one that writes; what another one has open is at an end there. */
  function take(session) {
    session.owner = OWNER;
    write(session);
  }

  /** False where another tab went on with this exam, handed it in or began one of its own. */
  function save(session) {
    var before = stored();
    if (before && before.owner !== OWNER) return false;
    write(session);
    return true;
  }

  function write(session) {
    session.saved = Date.now();
    var kept = Object.assign({}, session);
    delete kept.items;
    delete kept.paper;
    window.Jingzhong.progress.keep(KEY, kept);
    rememberTab(session.handed ? "" : session.id);
  }

  /** Whether this tab was in the middle of an exam: then a reload goes on without a question. */
  function isOfThisTab(session) {
    try {
      return window.sessionStorage.getItem(TAB) === session.id;
    } catch (error) {
      return false;
    }
  }

  function rememberTab(id) {
    try {
      if (id) window.sessionStorage.setItem(TAB, id);
      else window.sessionStorage.removeItem(TAB);
    } catch (error) {
      // Then a reload asks first.
    }
  }

  function drop() {
    window.Jingzhong.progress.forget(KEY);
    rememberTab("");
  }

  /** Seconds allowed, 0 for no limit. */
  function limit(session) {
    return session.paper.minutes * 60 * session.extra;
  }

  function isAnswered(session, id) {
    var given = session.answers[id];
    if (given === undefined) return false;
    if (isText(given)) return given !== "";
    return Object.keys(given).some(function (key) {
      return given[key].trim() !== "";
    });
  }

  function countAnswered(session) {
    return Object.keys(session.answers).filter(function (id) {
      return isAnswered(session, id);
    }).length;
  }

  /** Numbers of the questions that were not answered. */
  function unanswered(session) {
    return session.items
      .filter(function (item) {
        return !isAnswered(session, item.id);
      })
      .map(function (item) {
        return item.number;
      });
  }

  window.Jingzhong.examSession = {
    KEY: KEY,
    stored: stored,
    create: create,
    take: take,
    save: save,
    drop: drop,
    isOfThisTab: isOfThisTab,
    limit: limit,
    isAnswered: isAnswered,
    countAnswered: countAnswered,
    unanswered: unanswered,
  };
})();
