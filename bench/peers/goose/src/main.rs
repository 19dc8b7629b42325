//! Search, spawns near the nearest chest, the map there; the search answer is parsed, an empty chest ends the chain and fails.
use goose::prelude::*;
use serde::Deserialize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::OnceLock;
use std::time::Duration;

#[derive(Deserialize)]
struct Position {
    x: i64,
    z: i64,
}

#[derive(Deserialize)]
struct Treasure {
    id: String,
    position: Position,
    loot: Vec<String>,
}

#[derive(Deserialize)]
struct Found {
    treasures: Vec<Treasure>,
}

#[derive(Deserialize)]
struct Spawns {
    #[serde(rename = "treasureId")]
    treasure_id: String,
    spawns: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Map {
    x: i64,
    z: i64,
    tiles: Vec<String>,
}

static BODIES: OnceLock<Vec<String>> = OnceLock::new();
static NEXT: AtomicUsize = AtomicUsize::new(0);

fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

fn next_body() -> &'static str {
    let bodies = BODIES.get_or_init(|| {
        let text = std::fs::read_to_string(setting("BENCH_BODIES")).expect("BENCH_BODIES names a file");
        text.lines().map(str::to_owned).collect()
    });
    &bodies[NEXT.fetch_add(1, Ordering::Relaxed) % bodies.len()]
}

async fn chain(user: &mut GooseUser) -> TransactionResult {
    if let Some((id, x, z)) = search(user).await? {
        spawns(user, &id).await?;
        map(user, x, z).await?;
    }
    let every: f64 = setting("BENCH_EVERY_SECONDS").parse().unwrap_or(0.0);
    if every > 0.0 {
        tokio::time::sleep(Duration::from_secs_f64(every)).await;
    }
    Ok(())
}

async fn search(user: &mut GooseUser) -> Result<Option<(String, i64, i64)>, Box<TransactionError>> {
    let request = user
        .get_request_builder(&GooseMethod::Post, "/v1/treasures/search")?
        .header("content-type", "application/json")
        .body(next_body());
    let goose_request = GooseRequest::builder().name("search").set_request_builder(request).build();
    let mut goose = user.request(goose_request).await?;
    let Ok(response) = goose.response else { return Ok(None) };
    let text = response.text().await.unwrap_or_default();
    let nearest = serde_json::from_str::<Found>(&text).ok().and_then(|found| found.treasures.into_iter().next());
    match nearest {
        Some(chest) if !chest.loot.is_empty() => Ok(Some((chest.id, chest.position.x, chest.position.z))),
        _ => {
            user.set_failure("empty chest", &mut goose.request, None, None).ok();
            Ok(None)
        }
    }
}

async fn spawns(user: &mut GooseUser, id: &str) -> TransactionResult {
    let path = format!("/v1/spawns?near={id}&radius=96");
    let mut goose = user.get_named(&path, "spawns").await?;
    let Ok(response) = goose.response else { return Ok(()) };
    let text = response.text().await.unwrap_or_default();
    let useful = serde_json::from_str::<Spawns>(&text).is_ok_and(|answer| answer.treasure_id == id && !answer.spawns.is_empty());
    if !useful {
        user.set_failure("no spawns", &mut goose.request, None, None).ok();
    }
    Ok(())
}

async fn map(user: &mut GooseUser, x: i64, z: i64) -> TransactionResult {
    let path = format!("/v1/biomes/verdania/{x}/{z}/map?size=13");
    let mut goose = user.get_named(&path, "biome").await?;
    let Ok(response) = goose.response else { return Ok(()) };
    let text = response.text().await.unwrap_or_default();
    let useful = serde_json::from_str::<Map>(&text).is_ok_and(|answer| answer.x == x && answer.z == z && answer.tiles.len() == 169);
    if !useful {
        user.set_failure("no map", &mut goose.request, None, None).ok();
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), GooseError> {
    GooseAttack::initialize()?
        .register_scenario(scenario!("chain").register_transaction(transaction!(chain)))
        .execute()
        .await?;
    Ok(())
}
