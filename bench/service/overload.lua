-- Asks for another article each time, each connection with a pause, and counts the
-- answers by status.
local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("id", #threads)
end

function init(args)
  n, served, busy, limited, other = 0, 0, 0, 0, 0
  paper, pause = os.getenv("NEWSPAPER"), tonumber(os.getenv("PAUSE"))
end

-- In milliseconds; by chance, so that the connections do not march in step.
function delay()
  return math.random(0, 2 * pause)
end

function request()
  n = n + 1
  return wrk.format("GET", "/v1/pdf?url=" .. paper .. "/wrk-" .. id .. "-" .. n .. ".html")
end

function response(status)
  if status < 400 then served = served + 1
  elseif status == 503 then busy = busy + 1
  elseif status == 429 then limited = limited + 1
  else other = other + 1 end
end

function done(summary)
  local served, busy, limited, other = 0, 0, 0, 0
  for _, t in ipairs(threads) do
    served, busy = served + t:get("served"), busy + t:get("busy")
    limited, other = limited + t:get("limited"), other + t:get("other")
  end
  local e = summary.errors
  print(string.format("STATUSES %d served, %d × 503, %d × 429, %d others; errors: %d to connect, %d to read, %d to write, %d timeouts",
    served, busy, limited, other, e.connect, e.read, e.write, e.timeout))
end
