/*
 * Keeps the quizzes and their assets on the device and serves them when the network does not.
 *
 * - What is served is one version, whole. Every file is checked against its hash when it comes; a
 *   version of which a file is missing or another one is not installed, and the old one stays.
 * - A page that is kept gets all it needs from what is kept. Any other page comes from the network
 *   with all it needs, and from the bounded caches of what was seen lately only when that fails.
 * - A version is data: its files lie in one cache under name and hash, its list is written down last.
 *   So a new one is served from one visit to the next, without waiting for this script to be
 *   replaced by its successor: when its reader asks for it, or goes on in the only page that is open.
 *   Then the files that no longer belong are deleted.
 * - Gone for good: when this file answers 404 while the site is there, or was built with
 *   `offline: false` (an empty list), everything kept is deleted and the worker unregistered.
 */
(function () {
  "use strict";

  // {format, version, files: {name: hash}, shell, isWhole, unreachable}: see `service_worker.py`.
  var OURS = __BUILD__;
  var SCOPE = self.registration.scope;
  var HOME = new URL(SCOPE).pathname;
  // Caches belong to the whole host, on which other copies of the site may live.
  var PREFIX = "jingzhong " + SCOPE + " ";
  var KEPT = PREFIX + "kept";
  var VERSIONS = PREFIX + "versions";
  var SHARDS = { name: PREFIX + "shards", most: 400, largest: 100000 };
  var AT_ONCE = 6;
  var PATIENCE = 4000;
  var NEVER = /^(downloads|admin|editors)\/|\.single\.html$|^sw\.js$/;
  var INDEX_HEAD = "data/search/head.js";
  var INDEX = /^data\/search\/[^/]+\//;
  var served = null;
  var isFirst = false;
  var isRetired = false;
  var isChecked = false;

  function isEmpty(build) {
    return Object.keys(build.files).length === 0;
  }

  function isFull(error) {
    return Boolean(error) && error.name === "QuotaExceededError";
  }

  function keyOf(build, name) {
    return new URL(SCOPE + name + "?" + encodeURIComponent(build.files[name])).href;
  }

  /** Pages seen lately need the styles and scripts that they were seen with. */
  function seenPlace(build) {
    return { name: PREFIX + "seen " + build.shell, most: 80, largest: 500000 };
  }

  /** The path of an address below the site's root: `quizzes/exam.html`, whatever follows it. */
  function nameOf(address) {
    var path = new URL(address).pathname.slice(HOME.length);
    try {
      path = decodeURIComponent(path);
    } catch (error) {
      // Not one of ours, then.
    }
    return path === "" || path.slice(-1) === "/" ? path + "index.html" : path;
  }

  /** The kept file that is meant by a name, or nothing; some hosts hide the ending. */
  function fileOf(build, name) {
    if (name in build.files) return name;
    return name + ".html" in build.files ? name + ".html" : "";
  }

  /** A copy that carries nothing of the way it came; pages may not be answered with a redirected one. */
  function plain(response) {
    return response.blob().then(function (body) {
      return new Response(body, { headers: response.headers });
    });
  }

  /** A copy from one of the caches; unlike opening it, looking does not make one. */
  function find(cacheName, key) {
    return caches.match(key, { cacheName: cacheName });
  }

  // Versions

  function readVersion(key) {
    return find(VERSIONS, SCOPE + key).then(function (found) {
      return found ? found.json() : null;
    }).then(function (build) {
      // A later script may write down what this one cannot read.
      return build && build.format === OURS.format ? build : null;
    });
  }

  function writeVersion(key, build) {
    return caches.open(VERSIONS).then(function (cache) {
      return cache.put(SCOPE + key, new Response(JSON.stringify(build)));
    });
  }

  /** The version that is served now; this script's own, unless a later one was taken since. */
  function current() {
    if (!served) {
      served = readVersion("current").then(function (found) {
        return found || OURS;
      }, function () {
        return OURS;
      });
    }
    return served;
  }

  /** The version that is complete and waits to be served, or null. */
  function newer() {
    return Promise.all([readVersion("next"), current()]).then(function (both) {
      return both[0] && both[0].version !== both[1].version ? both[0] : null;
    });
  }

  /** Serve it from now on; resolves to whether there was one. An empty one is the end of all. */
  function takeNewer() {
    return newer().then(function (build) {
      if (!build) return false;
      if (isEmpty(build)) return retire();
      return writeVersion("current", build).then(function () {
        served = Promise.resolve(build);
        return true;
      });
    });
  }

  // Installing

  /** Call `act` for all names, some at a time; rejects with the first failure. */
  function each(names, act) {
    var left = names.slice();
    function next() {
      return left.length ? act(left.shift()).then(next) : undefined;
    }
    return Promise.all(Array.from({ length: AT_ONCE }, next)).catch(function (error) {
      left = [];
      throw error;
    });
  }

  /** A file as this version has it; on a bad line one failure is not the end. */
  function fetchChecked(name) {
    var options = { cache: "no-cache", credentials: "same-origin", integrity: "sha256-" + OURS.files[name] };
    return fetch(SCOPE + name, options).catch(function () {
      return fetch(SCOPE + name, options);
    }).then(function (response) {
      if (!response.ok) throw new Error(name + ": " + response.status);
      return plain(response);
    });
  }

  /** Files are kept by their content, so only those that changed are fetched. */
  function install() {
    var added = [];
    return caches.open(KEPT).then(function (cache) {
      return cache.keys().then(function (keys) {
        var known = new Set(keys.map(function (request) {
          return request.url;
        }));
        var missing = Object.keys(OURS.files).filter(function (name) {
          return !known.has(keyOf(OURS, name));
        });
        return each(missing, function (name) {
          added.push(name);
          return fetchChecked(name).then(function (copy) {
            return cache.put(keyOf(OURS, name), copy);
          });
        });
      }).then(function () {
        return writeVersion("next", OURS);
      }).catch(function (error) {
        if (!isFull(error)) throw error;
        // Nothing half is left on a full device.
        return Promise.all(added.map(function (name) {
          return cache.delete(keyOf(OURS, name));
        })).then(function () {
          throw error;
        });
      });
    });
  }

  /** Make room by giving up what was seen lately, and try once more; then say that it is full. */
  function installInLittleRoom(error) {
    if (!isFull(error)) throw error;
    return cleanCaches([KEPT, VERSIONS]).then(install).catch(function (again) {
      return tell("full").then(function () {
        throw again;
      });
    });
  }

  /** Delete every cache of ours whose name is not among these. */
  function cleanCaches(wanted) {
    return caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) {
        return name.indexOf(PREFIX) === 0 && wanted.indexOf(name) < 0;
      }).map(function (name) {
        return caches.delete(name);
      }));
    });
  }

  /** Delete what belongs neither to the version served nor to one that waits. */
  function clean() {
    if (isRetired) return Promise.resolve();
    return Promise.all([current(), newer(), caches.open(KEPT)]).then(function (all) {
      var wanted = new Set();
      all.slice(0, 2).filter(Boolean).forEach(function (build) {
        Object.keys(build.files).forEach(function (name) {
          wanted.add(keyOf(build, name));
        });
      });
      var cache = all[2];
      return cache.keys().then(function (keys) {
        return Promise.all(keys.filter(function (request) {
          return !wanted.has(request.url);
        }).map(function (request) {
          return cache.delete(request);
        }));
      }).then(function () {
        return cleanCaches([KEPT, VERSIONS, SHARDS.name, seenPlace(all[0]).name]);
      });
    });
  }

  /** This script became the active one: from here on its own version is served. */
  function start() {
    served = Promise.resolve(OURS);
    return writeVersion("current", OURS).catch(function () {
      // Without room for the note its own version is what it starts with anyway.
    }).then(clean).then(function () {
      return isFirst ? self.clients.claim() : undefined;
    });
  }

  /** Delete everything of ours and go; what is asked for from here on comes from the network. */
  function retire() {
    isRetired = true;
    return cleanCaches([]).then(function () {
      return self.registration.unregister();
    });
  }

  // Talking to pages

  /** Open pages of the site; those that this worker does not serve yet, too. */
  function pages() {
    return self.clients.matchAll({ type: "window", includeUncontrolled: true }).then(function (all) {
      return all.filter(function (client) {
        return client.url.indexOf(SCOPE) === 0;
      });
    });
  }

  function tell(message) {
    return pages().then(function (all) {
      all.forEach(function (client) {
        client.postMessage(message);
      });
    });
  }

  function takeAndTell() {
    return takeNewer().then(function (taken) {
      return taken ? tell("changed").then(clean) : undefined;
    });
  }

  function takeIfAlone() {
    return pages().then(function (open) {
      return open.length < 2 ? takeAndTell() : undefined;
    });
  }

  function answerState(client) {
    // A page that registers a worker which is going keeps it from going.
    if (isRetired) return self.registration.unregister();
    return Promise.all([current(), newer()]).then(function (both) {
      client.postMessage({ version: both[0].version, isWhole: both[0].isWhole, isOld: Boolean(both[1]) });
    });
  }

  // Serving

  function kept(build, file) {
    return find(KEPT, keyOf(build, file));
  }

  function seen(place, name) {
    return find(place.name, SCOPE + name);
  }

  /** Keep a copy, the newest `most` of them. A device that is full loses these first. */
  function store(place, name, response) {
    if (isRetired || response.status !== 200 || response.type !== "basic") return Promise.resolve();
    return response.blob().then(function (body) {
      if (body.size > place.largest) return undefined;
      return caches.open(place.name).then(function (cache) {
        return cache.put(SCOPE + name, new Response(body, { headers: response.headers })).then(function () {
          return cache.keys();
        }).then(function (keys) {
          return Promise.all(keys.slice(0, Math.max(0, keys.length - place.most)).map(function (request) {
            return cache.delete(request);
          }));
        });
      });
    }).catch(function (error) {
      return isFull(error) ? caches.delete(place.name) : undefined;
    });
  }

  function fromNetwork(event, place, name) {
    var answer = fetch(event.request);
    event.waitUntil(answer.then(function (response) {
      return store(place, name, response.clone());
    }).catch(function () {
      // Whoever waits for the answer deals with that.
    }));
    return answer;
  }

  /** An answer from the network, or the copy where there is none, or a gateway's for a server that is down. */
  function orCopy(answer, copy) {
    return answer.then(function (response) {
      if (response.status < 500) return response;
      return copy().then(function (found) {
        return found || response;
      });
    }, function (error) {
      return copy().then(function (found) {
        if (found) return found;
        throw error;
      });
    });
  }

  /** The network first; what was seen lately when it fails, or keeps a reader waiting too long. */
  function networkFirst(event, place, name) {
    var answer = orCopy(fromNetwork(event, place, name), function () {
      return seen(place, name);
    });
    var late = new Promise(function (resolve) {
      setTimeout(resolve, PATIENCE);
    }).then(function () {
      return seen(place, name);
    });
    return Promise.race([answer, late.then(function (copy) {
      return copy || answer;
    })]);
  }

  /** Files of the index are named by its content, so a copy is never out of date. */
  function seenFirst(event, place, name) {
    return seen(place, name).then(function (copy) {
      return copy || fromNetwork(event, place, name);
    });
  }

  function keptFirst(event, build, file) {
    return kept(build, file).then(function (copy) {
      return copy || fetch(event.request);
    });
  }

  /** What a page loads: see at the top which page gets what from where. */
  function part(event, build, name) {
    var file = fileOf(build, name);
    if (name === INDEX_HEAD) return networkFirst(event, SHARDS, name);
    if (INDEX.test(name)) return seenFirst(event, SHARDS, name);
    if (!file) return networkFirst(event, seenPlace(build), name);
    return self.clients.get(event.clientId).then(function (client) {
      if (!client || fileOf(build, nameOf(client.url))) return keptFirst(event, build, file);
      return orCopy(fetch(event.request), function () {
        return kept(build, file);
      });
    });
  }

  function page(event, build, name) {
    var file = fileOf(build, name);
    var answer = file ? keptFirst(event, build, file) : networkFirst(event, seenPlace(build), name);
    return answer.catch(function () {
      // Its links start from the site's root, wherever it is shown.
      var html = build.unreachable.replace('<base href="./">', '<base href="' + SCOPE + '">');
      return new Response(html, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
    });
  }

  /** Going on in the only page that is open, or coming back, is the moment for a new version. */
  function takeOnTheWay(event) {
    if (!self.registration.waiting) return Promise.resolve();
    return self.clients.matchAll({ type: "window" }).then(function (open) {
      if (open.length > 1 || (open.length && open[0].visibilityState === "hidden")) return undefined;
      return takeNewer().then(function (taken) {
        if (taken) event.waitUntil(clean());
      });
    }).catch(function () {
      // A full device stays with the version that it has.
    });
  }

  function visit(event, name) {
    return takeOnTheWay(event).then(current).then(function (build) {
      return isRetired ? fetch(event.request) : page(event, build, name);
    });
  }

  // Being given up

  function head(name) {
    return fetch(SCOPE + name, { method: "HEAD", cache: "no-store" });
  }

  /** Once in a worker's life, beside a visit: is this file still there? A site that is gone as a whole may come back. */
  function checkOnce() {
    if (isChecked) return Promise.resolve();
    isChecked = true;
    return head("sw.js").then(function (mine) {
      var type = mine.headers.get("content-type") || "";
      if (mine.ok ? !/html/.test(type) : mine.status !== 404 && mine.status !== 410) return undefined;
      return head("index.html").then(function (site) {
        return site.ok ? retire() : undefined;
      });
    }).catch(function () {
      isChecked = false;
    });
  }

  self.addEventListener("install", function (event) {
    isFirst = !self.registration.active;
    // An empty version is found by the worker before this one, or takes its place as soon as it may.
    event.waitUntil(isEmpty(OURS) ? writeVersion("next", OURS).then(function () {
      return self.skipWaiting();
    }) : install().catch(installInLittleRoom));
  });

  self.addEventListener("activate", function (event) {
    event.waitUntil(isEmpty(OURS) ? retire() : start());
  });

  if (isEmpty(OURS)) return;

  self.addEventListener("message", function (event) {
    if (event.data === "state") event.waitUntil(answerState(event.source));
    if (event.data === "take") event.waitUntil(takeAndTell());
    if (event.data === "take if alone") event.waitUntil(takeIfAlone());
  });

  self.addEventListener("fetch", function (event) {
    var request = event.request;
    if (isRetired || request.method !== "GET" || request.url.indexOf(SCOPE) !== 0 || request.headers.has("range")) return;
    var name = nameOf(request.url);
    if (NEVER.test(name)) return;
    if (request.mode === "navigate") {
      event.respondWith(visit(event, name));
      event.waitUntil(checkOnce());
    } else {
      event.respondWith(current().then(function (build) {
        return part(event, build, name);
      }));
    }
  });
})();
