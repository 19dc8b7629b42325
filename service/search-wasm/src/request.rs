//! Reads the body of a search: the same checks as the service's, but it knows only yes. What is declined here is explained there.

use crate::geometry::{BLOCKS_MAX, BLOCKS_MIN, DEPTH_MIN, HEIGHT_MAX};
use crate::query::{ANY_BIOME, LIMIT_MAX, QUERY_WORDS, RADIUS_MAX};
use crate::scanner::{Scanner, Word};
use crate::treasures::RARITIES;
use crate::worlds::{BIOME_COUNT, BIOME_NAMES, WORLD_NAMES};

const ID_CHARACTERS_MAX: usize = 64;
const DIGEST_CHARACTERS_MAX: usize = 512;
const LIMIT_DEFAULT: i32 = 8;

/// What was found so far. Of a key that comes twice the last one counts.
#[derive(Default)]
struct Fields {
    /// Bits of `REQUIRED_TEXTS` that were there.
    texts: u32,
    world: Option<i32>,
    position: Option<(i32, i32)>,
    radius: Option<i32>,
    filters: Filters,
    /// First byte and length of each of `REQUIRED_TEXTS`.
    places: [(i32, i32); REQUIRED_TEXTS.len()],
}

#[derive(Clone, Copy)]
struct Filters {
    rarity_rank_min: i32,
    biomes: i32,
    limit: i32,
}

impl Default for Filters {
    fn default() -> Filters {
        Filters { rarity_rank_min: 0, biomes: ANY_BIOME, limit: LIMIT_DEFAULT }
    }
}

/// Texts that nobody here reads, but that must be there: key, least and greatest number of characters.
const REQUIRED_TEXTS: [(&[u8], usize, usize); 6] = [
    (b"playerId", 1, ID_CHARACTERS_MAX),
    (b"sessionId", 1, ID_CHARACTERS_MAX),
    (b"inventoryDigest", 0, DIGEST_CHARACTERS_MAX),
    (b"build", 1, ID_CHARACTERS_MAX),
    (b"region", 1, ID_CHARACTERS_MAX),
    (b"requestId", 1, ID_CHARACTERS_MAX),
];
const ALL_TEXTS: u32 = (1 << REQUIRED_TEXTS.len()) - 1;
const SESSION_ID: usize = 1;
const REQUEST_ID: usize = REQUIRED_TEXTS.len() - 1;

/// The words of the query, or `None` where it is not the plain form of a good request.
pub fn read(body: &[u8]) -> Option<[i32; QUERY_WORDS]> {
    let mut scanner = Scanner::new(body)?;
    let mut fields = Fields::default();
    scanner.object(|scanner, key| read_member(scanner, key, &mut fields))?;
    if !scanner.is_at_end() || fields.texts != ALL_TEXTS {
        return None;
    }
    let (x, z) = fields.position?;
    let Filters { rarity_rank_min, biomes, limit } = fields.filters;
    let (request, session) = (fields.places[REQUEST_ID], fields.places[SESSION_ID]);
    Some([fields.world?, x, z, fields.radius?, rarity_rank_min, limit, biomes, request.0, request.1, session.0, session.1])
}

fn read_member(scanner: &mut Scanner, key: &[u8], fields: &mut Fields) -> Option<()> {
    match key {
        b"world" => fields.world = Some(index_in(&WORLD_NAMES, scanner)?),
        b"position" => fields.position = Some(read_position(scanner)?),
        b"radius" => fields.radius = Some(whole_number(scanner, 1, RADIUS_MAX)?),
        b"filters" => fields.filters = read_filters(scanner)?,
        _ => match REQUIRED_TEXTS.iter().position(|(name, _, _)| *name == key) {
            Some(at) => read_text(scanner, at, fields)?,
            None => scanner.skip(0)?,
        },
    }
    Some(())
}

fn read_text(scanner: &mut Scanner, at: usize, fields: &mut Fields) -> Option<()> {
    let word: Word = scanner.word()?.plain()?;
    let (_, characters_min, characters_max) = REQUIRED_TEXTS[at];
    if !(characters_min..=characters_max).contains(&word.characters()) {
        return None;
    }
    fields.texts |= 1 << at;
    fields.places[at] = (word.first as i32, word.text.len() as i32);
    Some(())
}

fn read_position(scanner: &mut Scanner) -> Option<(i32, i32)> {
    let (mut x, mut y, mut z) = (None, None, None);
    scanner.object(|scanner, key| {
        match key {
            b"x" => x = Some(block(scanner, BLOCKS_MIN, BLOCKS_MAX)?),
            b"y" => y = Some(block(scanner, DEPTH_MIN, HEIGHT_MAX)?),
            b"z" => z = Some(block(scanner, BLOCKS_MIN, BLOCKS_MAX)?),
            _ => scanner.skip(0)?,
        }
        Some(())
    })?;
    y.and(x.zip(z))
}

fn read_filters(scanner: &mut Scanner) -> Option<Filters> {
    let mut filters = Filters::default();
    scanner.object(|scanner, key| {
        match key {
            b"rarityMin" => filters.rarity_rank_min = index_in(&RARITIES, scanner)?,
            b"biomes" => filters.biomes = read_biomes(scanner)?,
            b"limit" => filters.limit = whole_number(scanner, 1, LIMIT_MAX as i32)?,
            _ => scanner.skip(0)?,
        }
        Some(())
    })?;
    Some(filters)
}

fn read_biomes(scanner: &mut Scanner) -> Option<i32> {
    let (mut bits, mut count) = (0, 0);
    scanner.array(|scanner| {
        bits |= 1 << index_in(&BIOME_NAMES, scanner)?;
        count += 1;
        (count <= BIOME_COUNT).then_some(())
    })?;
    Some(bits)
}

fn index_in(names: &[&str], scanner: &mut Scanner) -> Option<i32> {
    let word = scanner.word()?.plain()?;
    names.iter().position(|name| name.as_bytes() == word.text).map(|index| index as i32)
}

/// The block in which a position lies.
fn block(scanner: &mut Scanner, min: i32, max: i32) -> Option<i32> {
    scanner.number().map(|number| number.floor).filter(|floor| (min..=max).contains(floor))
}

fn whole_number(scanner: &mut Scanner, min: i32, max: i32) -> Option<i32> {
    let number = scanner.number().filter(|number| number.is_whole)?;
    Some(number.floor).filter(|value| (min..=max).contains(value))
}
