-- The three requests of a chain in rotation. Their order does not depend on what came back: reading answers in Lua would halve the rate.
local requests = {}
local n = 0

init = function()
  local json = { ["content-type"] = "application/json" }
  for body in io.lines(os.getenv("BENCH_BODIES")) do
    requests[#requests + 1] = wrk.format("POST", "/v1/treasures/search", json, body)
    requests[#requests + 1] = wrk.format("GET", "/v1/spawns?near=t-verdania-12-7-3&radius=96")
    requests[#requests + 1] = wrk.format("GET", "/v1/biomes/verdania/412/-187/map?size=13")
  end
end

request = function()
  n = n % #requests + 1
  return requests[n]
end
