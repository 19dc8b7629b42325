//! What lies in the chest.

use crate::hash::draw;
use crate::writer::Writer;

/// By rank of rarity, common first.
const QUALITIES: [[&str; 3]; 5] = [
    ["worn", "plain", "chipped"],
    ["polished", "sturdy", "carved"],
    ["gleaming", "runed", "masterwork"],
    ["enchanted", "ancient", "royal"],
    ["mythic", "godforged", "starlit"],
];

const THINGS: [&str; 24] = [
    "amulet", "arrow", "axe", "belt", "boots", "bow", "bracelet", "chalice", "coin", "compass", "crown", "dagger", "flute", "gauntlet",
    "helmet", "idol", "key", "lantern", "mask", "ring", "scroll case", "shield", "staff", "sword",
];

/// Writes a JSON list that is never empty, one or two things longer with every step of rarity.
pub fn write_loot(out: &mut Writer, material: &str, rank: usize, hash: u32) -> Option<()> {
    let count = 1 + rank as u32 + (draw(hash, 4) & 1);
    for i in 0..count {
        let drawn = draw(hash, 5 + i);
        out.text(if i == 0 { "[\"" } else { ",\"" })?;
        out.text(QUALITIES[rank][(drawn % 3) as usize])?;
        out.text(" ")?;
        out.text(material)?;
        out.text(" ")?;
        out.text(THINGS[((drawn >> 8) % 24) as usize])?;
        out.text("\"")?;
    }
    out.text("]")
}
