import static io.gatling.javaapi.core.CoreDsl.*;
import static io.gatling.javaapi.http.HttpDsl.*;

import io.gatling.javaapi.core.*;
import io.gatling.javaapi.http.*;
import java.io.IOException;
import java.nio.file.*;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Search, spawns near the nearest chest, the map there; an empty chest fails the search and ends the chain. */
public class Chain extends Simulation {
  private static final List<String> bodies = lines(System.getProperty("bench.bodies"));
  private static final AtomicInteger next = new AtomicInteger();

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException error) {
      throw new IllegalStateException(error);
    }
  }

  private static String nextBody() {
    return bodies.get(Math.floorMod(next.getAndIncrement(), bodies.size()));
  }

  private final ChainBuilder search =
      exec(
          http("search")
              .post("/v1/treasures/search")
              .header("content-type", "application/json")
              .body(StringBody(session -> nextBody()))
              .check(
                  jmesPath("treasures[0].loot[0]").exists(),
                  jmesPath("treasures[0].id").saveAs("id"),
                  jmesPath("treasures[0].position.x").saveAs("x"),
                  jmesPath("treasures[0].position.z").saveAs("z")));

  private final ChainBuilder spawns =
      exec(
          http("spawns")
              .get("/v1/spawns?near=#{id}&radius=96")
              .check(jmesPath("treasureId").isEL("#{id}"), jmesPath("spawns[0].id").exists()));

  private final ChainBuilder map =
      exec(
          http("biome")
              .get("/v1/biomes/verdania/#{x}/#{z}/map?size=13")
              .check(jmesPath("tiles[168]").exists()));

  {
    int players = Integer.getInteger("bench.players");
    Duration length = Duration.ofSeconds(Integer.getInteger("bench.seconds"));
    ScenarioBuilder life =
        scenario("chain").during(length).on(exec(search).doIf(session -> !session.isFailed()).then(exec(spawns, map)).exec(session -> session.markAsSucceeded()));
    setUp(life.injectOpen(atOnceUsers(players)))
        .protocols(http.baseUrl(System.getProperty("bench.origin")).disableCaching())
        .maxDuration(length);
  }
}
