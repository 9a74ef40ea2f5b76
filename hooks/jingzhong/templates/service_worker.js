/*
 * Keeps the quizzes and their assets on the device and serves them when the network does not.
 *
 * - What is kept is one version, whole: every file is checked against its hash when it comes, and a
 *   version with a missing or other file is not installed; the old one stays.
 * - A page that is kept gets all it needs from what is kept. Any other page comes from the network
 *   with all it needs, and from the bounded caches of what was seen lately only when that fails.
 * - A new version waits until no page of the old one is open, or its reader asks for it, or the only
 *   page open is just being left; then entries that no longer belong are deleted.
 * - Gone for good: when this file answers 404 while the site is there, or is built with
 *   `offline: false` (an empty list), everything kept is deleted and the worker unregistered.
 */
(function () {
  "use strict";

  // {files: {name: hash}, shell, isWhole, unreachable, exchange}, written by `service_worker.py`.
  var BUILD = __BUILD__;
  var FILES = BUILD.files;
  var NAMES = Object.keys(FILES);
  var SCOPE = self.registration.scope;
  var HOME = new URL(SCOPE).pathname;
  // Caches belong to the whole host, on which other copies of the site may live.
  var PREFIX = "jingzhong " + SCOPE + " ";
  var KEPT = PREFIX + "kept";
  // Pages seen lately need the styles and scripts that they were seen with.
  var SEEN = { name: PREFIX + "seen " + BUILD.shell, most: 80, largest: 500000 };
  var SHARDS = { name: PREFIX + "shards", most: 400, largest: 100000 };
  var AT_ONCE = 6;
  var PATIENCE = 4000;
  var NEVER = /^(downloads|admin|editors)\/|\.single\.html$|^sw\.js$/;
  var INDEX_HEAD = "data/search/head.js";
  var INDEX = /^data\/search\/[^/]+\//;
  var isFirst = false;
  var isExchangeOffered = false;
  var isChecked = false;

  function isFull(error) {
    return Boolean(error) && error.name === "QuotaExceededError";
  }

  function keyOf(name) {
    return new URL(SCOPE + name + "?" + encodeURIComponent(FILES[name])).href;
  }

  /** The name of a file of the site: `quizzes/exam.html`, whatever follows it in the address. */
  function nameOf(address) {
    var path = new URL(address).pathname.slice(HOME.length);
    try {
      path = decodeURIComponent(path);
    } catch (error) {
      // Not one of ours, then.
    }
    if (path === "" || path.slice(-1) === "/") path += "index.html";
    // Some hosts hide the ending.
    return !(path in FILES) && path + ".html" in FILES ? path + ".html" : path;
  }

  /** A copy that carries nothing of the way it came; pages may not be answered with a redirected one. */
  function plain(response) {
    return response.blob().then(function (body) {
      return new Response(body, { headers: response.headers });
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

  function keep(cache, name) {
    var options = { cache: "no-cache", credentials: "same-origin", integrity: "sha256-" + FILES[name] };
    return fetch(SCOPE + name, options).then(function (response) {
      if (!response.ok) throw new Error(name + ": " + response.status);
      return plain(response);
    }).then(function (copy) {
      return cache.put(keyOf(name), copy);
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
        var missing = NAMES.filter(function (name) {
          return !known.has(keyOf(name));
        });
        return each(missing, function (name) {
          added.push(name);
          return keep(cache, name);
        });
      }).catch(function (error) {
        if (!isFull(error)) throw error;
        // Nothing half is left on a full device.
        return Promise.all(added.map(function (name) {
          return cache.delete(keyOf(name));
        })).then(function () {
          throw error;
        });
      });
    });
  }

  /** Make room by giving up what was seen lately, and try once more; then say that it is full. */
  function installInLittleRoom(error) {
    if (!isFull(error)) throw error;
    return Promise.all([caches.delete(SEEN.name), caches.delete(SHARDS.name)]).then(install).catch(function (again) {
      return tell("full").then(function () {
        throw again;
      });
    });
  }

  function tell(message) {
    return self.clients.matchAll({ type: "window", includeUncontrolled: true }).then(function (all) {
      all.forEach(function (client) {
        if (client.url.indexOf(SCOPE) === 0) client.postMessage(message);
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

  /** Delete what older versions kept. */
  function clean() {
    var wanted = new Set(NAMES.map(keyOf));
    return caches.open(KEPT).then(function (cache) {
      return cache.keys().then(function (keys) {
        return Promise.all(keys.filter(function (request) {
          return !wanted.has(request.url);
        }).map(function (request) {
          return cache.delete(request);
        }));
      });
    }).then(function () {
      return cleanCaches([KEPT, SEEN.name, SHARDS.name]);
    });
  }

  function retire() {
    return cleanCaches([]).then(function () {
      return self.registration.unregister();
    });
  }

  // Serving

  function kept(name) {
    return caches.open(KEPT).then(function (cache) {
      return cache.match(keyOf(name));
    });
  }

  function seen(place, name) {
    return caches.open(place.name).then(function (cache) {
      return cache.match(SCOPE + name);
    });
  }

  /** Keep a copy, the newest `most` of them. A device that is full loses these first. */
  function store(place, name, response) {
    if (response.status !== 200 || response.type !== "basic") return Promise.resolve();
    return plain(response).then(function (copy) {
      return copy.clone().blob().then(function (body) {
        if (body.size > place.largest) return undefined;
        return caches.open(place.name).then(function (cache) {
          return cache.put(SCOPE + name, copy).then(function () {
            return cache.keys();
          }).then(function (keys) {
            return Promise.all(keys.slice(0, Math.max(0, keys.length - place.most)).map(function (request) {
              return cache.delete(request);
            }));
          });
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

  /** The network first; what was seen lately when it fails, or keeps a reader waiting too long. */
  function networkFirst(event, place, name) {
    var answer = fromNetwork(event, place, name);
    var old = seen(place, name);
    var late = new Promise(function (resolve) {
      setTimeout(resolve, PATIENCE);
    }).then(function () {
      return old;
    });
    return Promise.race([answer, late.then(function (copy) {
      return copy || answer;
    })]).then(function (response) {
      // A gateway that answers for a server that is down.
      return response.status >= 500 ? old.then(function (copy) {
        return copy || response;
      }) : response;
    }).catch(function (error) {
      return old.then(function (copy) {
        if (copy) return copy;
        throw error;
      });
    });
  }

  /** Files of the index are named by its content, so a copy is never out of date. */
  function seenFirst(event, place, name) {
    return seen(place, name).then(function (copy) {
      return copy || fromNetwork(event, place, name);
    });
  }

  /** Whether a request comes from a page that is kept. */
  function isForKeptPage(event) {
    return self.clients.get(event.clientId).then(function (client) {
      return !client || nameOf(client.url) in FILES;
    });
  }

  function keptOrNetwork(event, name) {
    return kept(name).then(function (copy) {
      return copy || fetch(event.request);
    });
  }

  function networkOrKept(event, name) {
    return fetch(event.request).then(function (response) {
      return response.status >= 500 ? kept(name).then(function (copy) {
        return copy || response;
      }) : response;
    }, function (error) {
      return kept(name).then(function (copy) {
        if (copy) return copy;
        throw error;
      });
    });
  }

  function part(event, name) {
    if (name === INDEX_HEAD) return networkFirst(event, SHARDS, name);
    if (INDEX.test(name)) return seenFirst(event, SHARDS, name);
    if (!(name in FILES)) return networkFirst(event, SEEN, name);
    return isForKeptPage(event).then(function (isKept) {
      return isKept ? keptOrNetwork(event, name) : networkOrKept(event, name);
    });
  }

  /** A page of our own, its links made to work wherever it is shown. */
  function ownPage(html, status) {
    var text = html.replace('<base href="./">', '<base href="' + SCOPE + '">');
    return new Response(text, { status: status, headers: { "Content-Type": "text/html; charset=utf-8" } });
  }

  function page(event, name) {
    var answer = name in FILES ? keptOrNetwork(event, name) : networkFirst(event, SEEN, name);
    return answer.catch(function () {
      return ownPage(BUILD.unreachable, 503);
    });
  }

  /** Where a new version waits for this very page to go, one that brings it in; once, then never again. */
  function exchange() {
    if (isExchangeOffered || !self.registration.waiting) return Promise.resolve(null);
    return self.clients.matchAll({ type: "window" }).then(function (open) {
      if (open.length > 1 || (open.length && open[0].visibilityState === "hidden")) return null;
      isExchangeOffered = true;
      return ownPage(BUILD.exchange, 200);
    });
  }

  function visit(event, name) {
    return exchange().then(function (own) {
      return own || page(event, name);
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
    event.waitUntil(NAMES.length ? install().catch(installInLittleRoom) : self.skipWaiting());
  });

  self.addEventListener("activate", function (event) {
    event.waitUntil(NAMES.length ? clean().then(function () {
      return isFirst ? self.clients.claim() : undefined;
    }) : retire());
  });

  self.addEventListener("message", function (event) {
    if (event.data === "take over") event.waitUntil(self.skipWaiting());
    if (event.data === "take over if alone") {
      event.waitUntil(self.clients.matchAll({ type: "window", includeUncontrolled: true }).then(function (open) {
        var ours = open.filter(function (client) {
          return client.url.indexOf(SCOPE) === 0;
        });
        return ours.length < 2 ? self.skipWaiting() : undefined;
      }));
    }
    if (event.data === "what is kept" && NAMES.length) {
      event.source.postMessage(BUILD.isWhole ? "all kept" : "most kept");
    }
  });

  if (!NAMES.length) return;
  self.addEventListener("fetch", function (event) {
    var request = event.request;
    if (request.method !== "GET" || request.url.indexOf(SCOPE) !== 0 || request.headers.has("range")) return;
    var name = nameOf(request.url);
    if (NEVER.test(name)) return;
    if (request.mode !== "navigate") {
      event.respondWith(part(event, name));
      return;
    }
    event.respondWith(visit(event, name));
    event.waitUntil(checkOnce());
  });
})();
